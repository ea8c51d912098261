"""YAML mappings of plain strings and lists, with no way to make them grow: front matter and folder defaults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from search.errors import ReadError
from search.read.paragraphs import one_line

__all__ = ["parse_yaml_mapping"]


def parse_yaml_mapping(text: str, name: str, *, what: str, first_line: int = 1) -> Mapping[str, object]:
    """The mapping that `text` (which starts on `first_line`) is; every scalar stays the string it was, a date too.

    Raises ReadError with the line where it is no mapping, or has anchors: a few lines of them can stand for gigabytes.
    """
    import yaml

    class Loader(yaml.BaseLoader):  # type: ignore[misc]
        """Builds strings, lists and mappings, nothing else, and no aliases."""

        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                raise yaml.MarkedYAMLError(problem="aliases are not allowed", problem_mark=self.peek_event().start_mark)
            return super().compose_node(parent, index)

    try:
        value = yaml.load(text, Loader)  # noqa: S506 - BaseLoader builds no objects
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + first_line if error.problem_mark else None
        raise ReadError(name, f"has {what} that is not YAML ({error.problem}); mend it", line=line) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ReadError(name, f"has {what} that is not YAML ({one_line(str(error))[:120]}); mend it") from None
    if value is None or value == "":
        return {}
    if not isinstance(value, dict):
        raise ReadError(name, f"has {what} that is not a mapping; write lines like `source: Name of the outlet`")
    return {str(key): item for key, item in value.items()}
