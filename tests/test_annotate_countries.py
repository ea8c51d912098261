"""Which countries an article speaks of, and which names only look like one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.annotate.gazetteer import load_gazetteer
from search.annotate.tokens import tokenize
from search.countries import COUNTRIES
from tests.annotate_marked import annotate_marked, codes

NAMED = {
    "Talks with Iran resumed.": "IR",
    "Iran’s envoy and Iran's guards": "IR",
    "The Islamic Republic of Iran has replied.": "IR",
    "The US said so": "US",
    "The U.S. said so": "US",
    "U.S.-led forces": "US",
    "a USA team": "US",
    "The United States of America": "US",
    "the UK government": "GB",
    "Great Britain": "GB",
    "in Northern Ireland": "GB",
    "in Ireland": "IE",
    "the Republic of Ireland": "IE",
    "the UAE and the Emirates": "AE",
    "the DPRK fired a missile": "KP",
    "North Korea fired a missile": "KP",
    "South Korea answered": "KR",
    "the Democratic Republic of Congo": "CD",
    "the Democratic Republic of the Congo": "CD",
    "DR Congo's east": "CD",
    "the Republic of Congo": "CG",
    "Congo-Brazzaville": "CG",
    "Congo's east": "CD",
    "The Congolese army": "CD",
    "in Guinea": "GN",
    "Guinea-Bissau's president": "GW",
    "Equatorial Guinea": "GQ",
    "Papua New Guinea": "PG",
    "Niger's junta": "NE",
    "Nigeria's army": "NG",
    "a Nigerien officer": "NE",
    "Nigerian officers": "NG",
    "the island of Dominica": "DM",
    "the Dominican Republic": "DO",
    "in Kosovo": "XK",
    "in Taiwan": "TW",
    "Hong Kong's courts": "HK",
    "Burma's generals": "MM",
    "Holland": "NL",
    "The Netherlands": "NL",
    "Côte d’Ivoire": "CI",
    "Ivory Coast": "CI",
    "St. Kitts & Nevis": "KN",
    "Trinidad and Tobago": "TT",
    "American Samoa": "AS",
    "Samoa": "WS",
    "the Soviet Union": "SU",
    "the USSR": "SU",
    "Yugoslavia broke up": "YU",
    "Czechoslovakia broke up": "CS",
    "East Germany": "DD",
    "the West Bank": "PS",
    "Gaza": "PS",
    "Turkiye": "TR",
    "Türkiye": "TR",
    "the Vatican": "VA",
    "North Macedonia": "MK",
    "South Sudan": "SS",
    "Sudan": "SD",
}
DEMONYMS = {
    "the Iranian minister": "IR",
    "the Iranians": "IR",
    "a Frenchwoman": "FR",
    "Frenchmen": "FR",
    "the Dutch": "NL",
    "a Dutchman": "NL",
    "Scottish voters": "GB",
    "the English": "GB",
    "Welsh farmers": "GB",
    "Burmese troops": "MM",
    "the Soviet army": "SU",
    "East German spies": "DD",
    "Palestinian families": "PS",
    "Filipinos voted": "PH",
    "Swiss banks": "CH",
    "Thai police": "TH",
    "Spaniards": "ES",
    "the Poles and the Danes": "DK PL",
    "South Koreans": "KR",
    "North Korean troops": "KP",
    "pro-Iranian parties": "IR",
    "a Russian-Turkish deal": "RU TR",
    "Sino-Russian trade": "CN RU",
    "Franco-German plans": "DE FR",
    "Kuwaitis and Qataris": "KW QA",
    "a Bangladeshi migrant": "BD",
    "Bosnian Serb leaders": "BA RS",
    "the Kyrgyz president": "KG",
    "New Zealanders": "NZ",
}
CAPITALS_AND_METONYMS = {
    "Tehran said no": "IR",
    "Tehran’s answer": "IR",
    "TEHRAN, Jul. 16 (MNA) – The new phase": "IR",
    "talks in Geneva": "CH",
    "in New Delhi": "IN",
    "in Kyiv and Kiev": "UA",
    "The Kremlin denied it": "RU",
    "The Pentagon denied it": "US",
    "the White House": "US",
    "Downing Street": "GB",
    "Whitehall": "GB",
    "the Élysée": "FR",
    "the Elysee": "FR",
    "the Blue House in Seoul": "KR",
    "the Bundestag voted": "DE",
    "the Knesset voted": "IL",
    "Washington's policies": "US",
    "Mexico City": "MX",
    "Kuwait City": "KW",
    "N'Djamena": "TD",
    "Ho Chi Minh City": "VN",
    "in Kandahar province": "AF",
    "the bazaar of Isfahan": "IR",
    "the port of Karachi": "PK",
    "the streets of Mumbai and Bombay": "IN",
    "in St. Petersburg": "RU",
    "the Panama Canal": "PA",
}
NOT_THE_COUNTRY = {
    "the Indian Ocean": "",
    "the Gulf of Aden": "",
    "the Sea of Oman": "",
    "the South China Sea": "",
    "the Persian Gulf": "",
    "the Gulf of Mexico": "",
    "the Sea of Japan": "",
    "the English Channel": "",
    "South American and Latin American states": "",
    "Central American migrants": "",
    "North American trade": "",
    "Native American tribes": "",
    "African American voters": "",
    "New Mexico": "US",
    "New England": "US",
    "New South Wales": "AU",
    "British Columbia": "CA",
    "French fries and Swiss cheese": "",
    "an Indian summer": "",
    "a Turkish bath": "",
    "Brazil nuts": "",
    "the Panama Papers": "",
    "the Stockholm syndrome": "",
    "the Paris Agreement": "",
    "He read it in the New York Times": "",
    "The Washington Post reported": "",
    "the Jerusalem Post": "",
    "The Tehran Times reported": "",
    "tell us more": "",
    "DO NOT TELL US ANYTHING": "",
    "European, Western, Arab and Kurdish leaders": "",
    "the Zionist regime": "",
    "he spoke in English and answered in French.": "",
    "the North Pole": "",
    "the Indo-Pacific region": "",
    "West Indian cricket": "",
    "Turkey, stuffing and gravy were served": "",
    "TROY, N.C. (AP) — A man": "US",
    "Bangor, Maine": "US",
    "Paris, Texas": "US",
    "in Lebanon, Pennsylvania, on Monday": "US",
    "in Moscow, Idaho, on Monday": "US",
    "Columbia, S.C.": "US",
}


@pytest.mark.parametrize(("text", "expected"), [*NAMED.items(), *DEMONYMS.items(), *CAPITALS_AND_METONYMS.items()])
def test_countries_are_found_by_name_demonym_capital_and_metonym(text: str, expected: str) -> None:
    assert codes(annotate_marked(text)) == expected.split()


@pytest.mark.parametrize(("text", "expected"), NOT_THE_COUNTRY.items())
def test_countries_are_not_taken_from_names_that_only_look_like_one(text: str, expected: str) -> None:
    assert codes(annotate_marked(text)) == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[PERSON Michael Jordan] scored.", ""),
        ("[PERSON Michael Jordan] scored. [PERSON Jordan] sat down.", ""),
        ("[GPE Jordan] closed its border.", "JO"),
        ("[PERSON Jack London] wrote it.", ""),
        ("[PERSON Paris Hilton] came.", ""),
        ("[PERSON George Washington] came.", ""),
        ("[PERSON Chad Wolf] came. [PERSON Chad] left.", ""),
        ("Rebels in [GPE Chad] left.", "TD"),
        ("[PERSON Iran] said no.", "IR"),
        ("Russian Defense Minister [PERSON Sergei Shoigu]", "RU"),
        ("[PERSON Russian Sergei Shoigu] came.", "RU"),
        ("the [ORG Russian Foreign Ministry]", "RU"),
        ("the [ORG Bank of England]", "GB"),
        ("the [ORG University of Oxford]", ""),
        ("[ORG Manchester United] won", ""),
        ("[ORG Korea Herald] reports", ""),
        ("in [GPE Nice], France", "FR"),
        ("a fan of [ORG Real Madrid]", ""),
    ],
)
def test_countries_within_names_of_people_and_organizations(text: str, expected: str) -> None:
    assert codes(annotate_marked(text)) == expected.split()


def test_countries_georgia_is_the_state_where_atlanta_and_senators_are() -> None:
    text = "Voters in Georgia chose two senators. The count in Atlanta went on; Republicans lost. Georgians slept."
    assert codes(annotate_marked(text)) == ["US"]


def test_countries_georgia_is_the_country_where_tbilisi_is() -> None:
    text = (
        "Georgia's parliament in Tbilisi passed the bill. Georgian opposition leaders asked the United States for help."
    )
    assert codes(annotate_marked(text)) == ["GE", "US"]


def test_countries_georgia_alone_is_the_country() -> None:
    assert codes(annotate_marked("The ship had sailed from Georgia, bound for Mozambique.")) == ["GE", "MZ"]


def test_countries_korean_peninsula_is_both() -> None:
    assert codes(annotate_marked("Tension on the Korean Peninsula")) == ["KP", "KR"]


def test_countries_korean_is_northern_where_only_the_north_is_spoken_of() -> None:
    assert codes(annotate_marked("North Korea and Pyongyang's army: the Korean leader spoke.")) == ["KP"]


def test_countries_mistakable_city_counts_only_with_its_country() -> None:
    assert codes(annotate_marked("She liked Victoria and Reading.")) == []
    assert "SC" in codes(annotate_marked("In Victoria, the Seychellois capital, shops closed."))


def test_countries_name_in_the_title_is_a_tag_without_a_mention() -> None:
    annotation = annotate_marked("Nothing else.", title="Iran embarks on diplomacy")
    assert codes(annotation) == ["IR"]
    assert annotation.mentions == ()


def test_countries_place_of_the_dateline_counts() -> None:
    assert codes(annotate_marked("Nothing else.", place="Johannesburg")) == ["ZA"]
    assert codes(annotate_marked("Nothing else.", place="Paris, Texas")) == ["US"]


def test_countries_mention_has_its_words_evidence_and_label() -> None:
    annotation = annotate_marked("Then Iran’s envoy and the Iranian press left Tehran.")
    found = [(m.text, m.value, m.label, m.why) for m in annotation.mentions if m.type == "country"]
    assert found == [
        ("Iran", "IR", "Iran", "name"),
        ("Iranian", "IR", "Iran", "demonym"),
        ("Tehran", "IR", "Iran", "capital"),
    ]


def test_countries_come_by_prominence() -> None:
    annotation = annotate_marked("Iran met France. France left. China watched.", title="China watches")
    assert [tag.value for tag in annotation.countries] == ["CN", "FR", "IR"]


@pytest.mark.parametrize("code", sorted(COUNTRIES))
def test_countries_every_country_is_found_by_its_own_name(code: str) -> None:
    entry = load_gazetteer().lookup(COUNTRIES[code].replace("&", "and"))
    assert entry is not None
    assert entry.codes == (code,)


WORDS = st.sampled_from(
    [
        "South",
        "North",
        "Korea",
        "Korean",
        "Guinea",
        "Bissau",
        "New",
        "Papua",
        "Iran",
        "the",
        "of",
        "Congo",
        "Republic",
        "Democratic",
        "US",
        "U.S.",
        "Paris",
        ",",
        ".",
        "Texas",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_countries_lookup_finds_what_trying_every_phrase_finds(text: str) -> None:
    gazetteer = load_gazetteer()
    tokens = tokenize(text)
    fast = [(m.first, m.last, m.entry) for m in gazetteer.find(text, tokens)]
    slow, at = [], 0
    while at < len(tokens):
        for last in range(len(tokens), at, -1):
            words = text[tokens[at].start : tokens[last - 1].end]
            entry = gazetteer.lookup(words)
            gaps = [text[tokens[n].end : tokens[n + 1].start] for n in range(at, last - 1)]
            joined = all(re.fullmatch(r"[ .]|\. ", gap) for gap in gaps)
            if entry is not None and joined and words[0].isupper() and (not entry.upper or words.isupper()):
                slow.append((at, last, entry))
                at = last
                break
        else:
            at += 1
    assert fast == slow
