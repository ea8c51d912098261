"""Organizations with their acronyms, places that are no countries, and slugs."""

from __future__ import annotations

import pytest

from search.annotate.slugs import slug
from tests.annotate_marked import annotate_marked


def organizations(text: str) -> list[str]:
    return [tag.label for tag in annotate_marked(text).organizations]


def places(text: str) -> list[str]:
    return [tag.label for tag in annotate_marked(text).places]


def test_organizations_acronym_defined_in_the_text_is_one_with_its_name() -> None:
    text = "The [ORG Free Harbour Union] ([ORG FHU]) met. Later the FHU and [ORG FHU] members left."
    annotation = annotate_marked(text)
    assert [tag.label for tag in annotation.organizations] == ["Free Harbour Union"]
    assert [m.text for m in annotation.mentions if m.type == "organization"][1:] == ["FHU", "FHU", "FHU"]


def test_organizations_known_acronym_is_one_with_its_name() -> None:
    assert organizations("The UN met. The United Nations left.") == ["United Nations"]
    assert organizations("The [ORG IRGC] and the [ORG Islamic Revolutionary Guard Corps]") == [
        "Islamic Revolutionary Guard Corps"
    ]


def test_organizations_acronym_that_is_a_word_counts_in_capitals_only() -> None:
    assert organizations("those who care") == []
    assert organizations("the WHO cares") == ["World Health Organization"]


def test_organizations_article_and_possessive_are_no_part_of_the_name() -> None:
    assert organizations("[ORG the Harbour Bank's] offer") == ["Harbour Bank"]


def test_organizations_agency_of_the_dateline_is_not_what_the_article_speaks_of() -> None:
    assert organizations("KYIV, March 3 ([ORG Harbour Press]) — The [ORG Free Union] met.") == ["Free Union"]
    assert organizations("The [ORG Free Union] met. A reporter of [ORG Harbour Press] was there.") == [
        "Free Union",
        "Harbour Press",
    ]


def test_organizations_country_and_person_are_none() -> None:
    assert organizations("[ORG Iran] said no. [PERSON Joe Biden] came.") == []


def test_places_city_goes_by_the_name_of_the_gazetteer() -> None:
    assert places("in [GPE Konduz] and [GPE Kunduz]") == ["Kunduz"]


def test_places_capital_is_a_place_and_evidence_for_its_country() -> None:
    annotation = annotate_marked("in [GPE Damascus]")
    assert [tag.label for tag in annotation.places] == ["Damascus"]
    assert [tag.value for tag in annotation.countries] == ["SY"]


def test_places_two_countries_taken_for_one_place_are_none() -> None:
    assert places("the [GPE Iran]-Russia border, [LOC Iran-Russia] ties") == []


def test_places_country_is_none_and_sea_is_one() -> None:
    assert places("[GPE Iran] and the [LOC Gulf of Aden]") == ["Gulf of Aden"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Recep Tayyip Erdoğan", "recep-tayyip-erdogan"),
        ("Recep  Tayyip\nErdogan", "recep-tayyip-erdogan"),
        ("Ban Ki-moon", "ban-ki-moon"),
        ("Sean O’Brien", "sean-obrien"),
        ("Władysław Kosiniak-Kamysz", "wladyslaw-kosiniak-kamysz"),
        ("Straße & Söhne", "strasse-and-sohne"),
        ("Владимир Путин", "владимир-путин"),
        ("習近平", "習近平"),
        ("נתניהו", "נתניהו"),
        ("...", ""),
        ("", ""),
        ("F.W. de Klerk", "f-w-de-klerk"),
    ],
)
def test_slug_is_the_same_however_a_name_is_written(name: str, expected: str) -> None:
    assert slug(name) == expected
    assert slug(expected) == expected
