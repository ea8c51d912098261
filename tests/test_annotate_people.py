"""Who an article names: titles off, later mentions joined to the full name, different people apart."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.annotate.people import compatible, find_people
from search.annotate.slugs import slug
from search.annotate.spans import Span, SpanIndex
from search.annotate.tokens import tokenize
from tests.annotate_marked import annotate_marked, labels

CLEARED = {
    "[PERSON Sergei Shoigu] spoke.": "Sergei Shoigu",
    "[PERSON General Sergei Shoigu] spoke.": "Sergei Shoigu",
    "[PERSON Russian Defense Minister General Sergei Shoigu] spoke.": "Sergei Shoigu",
    "[PERSON Ayatollah Seyed Ebrahim Raisi]’s administration": "Ebrahim Raisi",
    "[PERSON Maj. Gen. Mohammad Bagheri] spoke.": "Mohammad Bagheri",
    "Shahid [PERSON Tehrani Moghadam]’s companions": "Tehrani Moghadam",
    "[PERSON Shahid Tehrani Moghadam]’s companions": "Tehrani Moghadam",
    "[PERSON Sheikh Hasina] fled.": "Sheikh Hasina",
    "[PERSON Dr. Anthony Fauci] spoke.": "Anthony Fauci",
    "[PERSON Mr. John Smith] spoke.": "John Smith",
    "[PERSON Bashar al-Assad] spoke.": "Bashar al-Assad",
    "[PERSON Ursula von der Leyen] spoke.": "Ursula von der Leyen",
    "[PERSON Mohammed] bin Salman spoke.": "Mohammed bin Salman",
    "[PERSON Humberto de la Calle] spoke.": "Humberto de la Calle",
    "[PERSON F.W. de Klerk] spoke.": "F.W. de Klerk",
    "[PERSON F. W. de Klerk] spoke.": "F. W. de Klerk",
    "[PERSON Martin Luther King Jr.] spoke.": "Martin Luther King Jr.",
    "[PERSON Ban Ki]-moon spoke.": "Ban Ki-moon",
    "[PERSON Hossein Amir-Abdollahian] spoke.": "Hossein Amir-Abdollahian",
    "the [PERSON Obama]-era rules of [PERSON Barack Obama]": "Barack Obama",
    "He saw [PERSON VLADIMIR PUTIN] there and left again quietly.": "Vladimir Putin",
    "[PERSON Iran's Mohammad Bagheri] spoke.": "Mohammad Bagheri",
    "(Turkish President [PERSON Recep Tayyip]) [PERSON Erdogan] spoke.": "Recep Tayyip Erdogan",
    "(Azerbaijan’s President [PERSON Ilham]) Aliyev spoke.": "Ilham Aliyev",
    "(US President Barack) Obama spoke.": "Barack Obama",
    "General [PERSON Abdourahmane] ([PERSON Omar]) [PERSON Tchiani] spoke.": "Abdourahmane Tchiani",
    "Gen. [PERSON Waker]-uz-Zaman spoke.": "Waker-uz-Zaman",
    "[PERSON Robert Smith], the guest, left.": "Robert Smith",
    "By Hadi Rezaei": "Hadi Rezaei",
    "President Joe Biden spoke.": "Joe Biden",
    "Secretary of State Antony Blinken spoke.": "Antony Blinken",
    "Gen. Sergey Surovikin spoke.": "Sergey Surovikin",
    "Prime Minister Aigul Karimova spoke.": "Aigul Karimova",
    "The foreign minister, Aigul Karimova, spoke.": "Aigul Karimova",
    "Aigul Karimova, the foreign minister, spoke.": "Aigul Karimova",
    "Aigul Karimova, the country's most senior diplomat, spoke.": "Aigul Karimova",
    "Kremlin spokesman Dmitry Peskov spoke.": "Dmitry Peskov",
    "[ORG Nigel Farage] spoke.": "Nigel Farage",
    "[PERSON Wang] Yi spoke.": "Wang Yi",
    "the patriarch, Tawadros II, came.": "Tawadros II",
    "Pope [PERSON Francis] prayed.": "Pope Francis",
    "Queen [PERSON Elizabeth II] died.": "Elizabeth II",
    "[PERSON Queen Elizabeth II] died.": "Elizabeth II",
    "King [PERSON Hussein] of Jordan signed.": "King Hussein of Jordan",
    "[PERSON Xi Jinping] spoke.": "Xi Jinping",
    "Mr [PERSON Mujica] spoke.": "Mujica",
}
NOT_PEOPLE = [
    "[PERSON Read More]",
    "[PERSON Monday] came.",
    "[PERSON Iranian] came.",
    "[PERSON Iran] said no.",
    "[PERSON Foreign Ministry] said no.",
    "The [PERSON Karabakh] war; in [PERSON Karabakh] it was quiet.",
    "Hurricane [PERSON Maria] struck. [PERSON Maria] was strong.",
    "the carrier, the [PERSON Abraham Lincoln], sailed",
    "the [PERSON USS Cole] sailed",
    "King Street and Victoria Station",
    "President's Office and General Staff",
    "They met at Queen Alia Airport.",
    "[PERSON Twitter] said no.",
    "[PERSON Shias] prayed.",
    "[PERSON 2021]",
    "World War II ended.",
    "[PERSON Hayat Tahrir al-Sham] advanced.",
]


@pytest.mark.parametrize(("text", "expected"), CLEARED.items())
def test_people_names_are_cleared_of_what_is_no_name(text: str, expected: str) -> None:
    annotation = annotate_marked(text)
    assert labels(annotation) == [expected]
    assert [tag.value for tag in annotation.persons] == [slug(expected)]


@pytest.mark.parametrize("text", NOT_PEOPLE)
def test_people_what_is_no_name_is_left_out(text: str) -> None:
    assert labels(annotate_marked(text)) == []


def mentions(text: str, **more: str) -> list[tuple[str, str]]:
    return [(m.text, m.label) for m in annotate_marked(text, **more).mentions if m.type == "person"]


def test_people_surname_is_joined_to_the_full_name() -> None:
    text = "[PERSON Sergei Shoigu] came. [PERSON Shoigu] left. Later Shoigu’s plane landed."
    assert mentions(text) == [
        ("Sergei Shoigu", "Sergei Shoigu"),
        ("Shoigu", "Sergei Shoigu"),
        ("Shoigu", "Sergei Shoigu"),
    ]


def test_people_surname_before_the_full_name_is_joined_too() -> None:
    assert mentions("[PERSON Shoigu] came. [PERSON Sergei Shoigu] left.")[0] == ("Shoigu", "Sergei Shoigu")


def test_people_surname_says_whose_it_is() -> None:
    annotation = annotate_marked("[PERSON Sergei Shoigu] came. [PERSON Shoigu] left.")
    assert annotation.mentions[-1].why == "surname of Sergei Shoigu"


def test_people_of_one_surname_stay_apart_and_the_bare_surname_is_nobody() -> None:
    text = "[PERSON Bashar al-Assad] is the son of [PERSON Hafez al-Assad]. [PERSON Assad] spoke."
    assert labels(annotate_marked(text)) == ["Bashar al-Assad", "Hafez al-Assad"]
    assert ("Assad", "Bashar al-Assad") not in mentions(text)
    assert len(mentions(text)) == 2


def test_people_junior_and_senior_stay_apart() -> None:
    text = "[PERSON Ferdinand Marcos Jr] is the son of [PERSON Ferdinand Marcos]."
    assert labels(annotate_marked(text)) == ["Ferdinand Marcos", "Ferdinand Marcos Jr"]


def test_people_father_in_the_name_of_his_son_stays_himself() -> None:
    text = "[PERSON Idriss Déby] died. His son [PERSON Mahamat Idriss Déby] followed."
    assert labels(annotate_marked(text)) == ["Idriss Déby", "Mahamat Idriss Déby"]


def test_people_given_name_joins_the_one_who_has_it() -> None:
    assert mentions("[PERSON Abiy Ahmed] came. [PERSON Abiy] left.")[1] == ("Abiy", "Abiy Ahmed")


def test_people_family_name_that_comes_first_joins() -> None:
    assert mentions("[PERSON Xi Jinping] came. [PERSON Xi] left.")[1] == ("Xi", "Xi Jinping")


def test_people_two_surnames_join_the_fuller_name() -> None:
    assert labels(annotate_marked("[PERSON Enrique Pena Nieto] came. [PERSON Pena Nieto] left.")) == [
        "Enrique Pena Nieto"
    ]


def test_people_name_with_and_without_middle_names_is_one() -> None:
    text = "[PERSON Luiz Inacio Lula da Silva] won. [PERSON Luiz da Silva] left. [PERSON Lula] spoke."
    assert labels(annotate_marked(text)) == ["Luiz Inacio Lula da Silva"]


def test_people_two_transliterations_in_one_article_are_one() -> None:
    assert len(labels(annotate_marked("[PERSON Sergei Shoigu] came. [PERSON Sergey Shoigu] left."))) == 1


def test_people_other_spelling_in_brackets_is_the_same_person() -> None:
    assert mentions("[PERSON Ebrahim Raisi] (Raeesi) spoke.") == [
        ("Ebrahim Raisi", "Ebrahim Raisi"),
        ("Raeesi", "Ebrahim Raisi"),
    ]


def test_people_other_name_joins_its_bearer() -> None:
    text = "[PERSON Rodrigo Londono], known as [PERSON Timochenko], signed. [PERSON Timochenko] smiled."
    assert labels(annotate_marked(text)) == ["Rodrigo Londono"]
    text = "[PERSON Ahmed al-Sharaa] ([PERSON Abu Mohammed al-Golani]) spoke."
    assert labels(annotate_marked(text)) == ["Ahmed al-Sharaa"]


def test_people_bare_name_alone_is_a_person_where_it_acts_as_one() -> None:
    assert labels(annotate_marked("[PERSON Suharto] resigned.")) == ["Suharto"]
    assert labels(annotate_marked("the [PERSON Trump] administration objected")) == ["Trump"]


def test_people_surname_that_is_a_month_needs_the_recogniser() -> None:
    text = "[PERSON Theresa May] spoke. In May it rained. [PERSON May] left."
    assert mentions(text) == [("Theresa May", "Theresa May"), ("May", "Theresa May")]


def test_people_surname_that_is_a_word_of_the_text_needs_the_recogniser() -> None:
    text = "[PERSON Jim Green] spoke of green energy. Green energy costs less."
    assert mentions(text) == [("Jim Green", "Jim Green")]


def test_people_in_the_headline_are_joined_with_the_body() -> None:
    annotation = annotate_marked("[PERSON Ali Khamenei] spoke.", title="Great Significance For [PERSON Khamenei]")
    assert labels(annotation) == ["Ali Khamenei"]


def test_people_in_a_headline_of_capitals_alone_are_not_trusted() -> None:
    assert labels(annotate_marked("Nothing.", title="Military Diplomacy Challenging [PERSON Regional Comfort]")) == []


def test_people_author_counts_where_the_text_has_the_name() -> None:
    assert labels(annotate_marked("Hadi Rezaei writes.", author="Hadi Rezaei")) == ["Hadi Rezaei"]
    assert labels(annotate_marked("Nobody writes.", author="Hadi Rezaei")) == []


def test_people_fullest_spelling_is_the_label_unless_it_is_rare() -> None:
    text = "[PERSON Vladimir Vladimirovich Putin] came. " + "[PERSON Vladimir Putin] left. " * 3
    assert labels(annotate_marked(text)) == ["Vladimir Putin"]


@pytest.mark.parametrize(
    ("short", "long", "same"),
    [
        ("vladimir putin", "vladimir vladimirovich putin", True),
        ("v putin", "vladimir putin", True),
        ("pena nieto", "enrique pena nieto", True),
        ("sergey shoigu", "sergei shoigu", True),
        ("bashar assad", "hafez assad", False),
        ("joe biden", "jill biden", False),
        ("ali khamenei", "mojtaba khamenei", False),
        ("kim jong-un", "kim yo-jong", False),
    ],
)
def test_people_compatible_names(short: str, long: str, same: bool) -> None:
    assert compatible(tuple(short.split()), tuple(long.split())) is same


WORDS = st.sampled_from(
    [
        "Sergei",
        "Shoigu",
        "al-Assad",
        "Bashar",
        "President",
        "the",
        "Russian",
        "Jr.",
        "(",
        ")",
        ",",
        "II",
        "’s",
        "Mr.",
        "\n",
        "bin",
        "May",
        "—",
        "F.W.",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, max_size=25), st.lists(st.tuples(st.integers(0, 120), st.integers(1, 30)), max_size=6))
def test_people_mentions_lie_in_the_text_in_order_whatever_the_spans(
    words: list[str], cuts: list[tuple[int, int]]
) -> None:
    text = " ".join(words)
    spans, end = [], 0
    for start, length in sorted(cuts):
        if start >= end and start + length <= len(text):
            spans.append(Span(start, start + length, "PERSON"))
            end = start + length
    found = find_people(text, tokenize(text), SpanIndex(spans), [])
    for mention in found:
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.person.value
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
