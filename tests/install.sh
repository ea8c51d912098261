#!/usr/bin/env bash
# Dateline as somebody installs it: `pip install .` into a fresh virtual environment, then the command from elsewhere.
# Usage: tests/install.sh [PYTHON]
set -euo pipefail
checkout=$(cd "$(dirname "$0")/.." && pwd)
python=${1:-python3}
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
export HOME="$place/home" PIP_DISABLE_PIP_VERSION_CHECK=1
mkdir "$HOME" "$place/elsewhere"
unset DATELINE_INDEX PYTHONPATH

"$python" -m venv "$place/venv"
# A copy, so that the build leaves nothing behind in the checkout.
git -C "$checkout" ls-files -z --cached --others --exclude-standard | tar -C "$checkout" --null -T - -cf - | (mkdir "$place/source" && tar -C "$place/source" -xf -)
"$place/venv/bin/pip" install --quiet --constraint "$place/source/constraints.txt" "$place/source"
cp -r "$checkout/seeds" "$place/articles"
rm -rf "$place/source"
echo "installed: $(du -sh "$place/venv" | cut -f1)"

cd "$place/elsewhere"
dateline="$place/venv/bin/dateline"
"$dateline" --version
"$dateline" index --quiet --index-dir "$place/index" "$place/articles"
"$dateline" search --index-dir "$place/index" --country IR --json nuclear | "$place/venv/bin/python" -c '
import json, sys
answer = json.load(sys.stdin)
assert answer["total"] >= 2, answer["total"]
assert any(value["value"] == "IR" and value["selected"] for value in answer["facets"]["country"]["values"])
print("search from another directory:", answer["total"], "articles")'
"$dateline" check --index-dir "$place/index"
if "$dateline" search --index-dir "$place/nothing" word 2>"$place/error"; then echo "a missing index went unnoticed"; exit 1; else test $? -eq 3; fi
cat "$place/error"

"$dateline" serve --index-dir "$place/index" --port 8731 2>"$place/log" & server=$!
trap 'kill $server 2>/dev/null || true; rm -rf "$place"' EXIT
"$place/venv/bin/python" - <<'PYTHON'
import json, time, urllib.request
for attempt in range(100):
    try:
        answer = json.load(urllib.request.urlopen("http://127.0.0.1:8731/api/search?q=nuclear"))
        break
    except OSError:
        time.sleep(0.1)
else:
    raise SystemExit("the server did not answer within ten seconds")
page = urllib.request.urlopen("http://127.0.0.1:8731/search?q=nuclear").read().decode()
style = urllib.request.urlopen("http://127.0.0.1:8731/static/style.css").read()
assert answer["total"] >= 2 and "<mark>" in page and len(style) > 1000
print("served:", answer["total"], "articles")
PYTHON
kill $server && wait $server || true
echo "install: sound"
