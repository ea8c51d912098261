"""Layouts of many outlets: what stands above and below a story is told from it, and no sentence of it is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.model import Article
from search.read.files import read_paths

LEAD = "Dockers walked out on Thursday after talks over night shifts collapsed, leaving forty ships at anchor."
REST = "The union said 3,800 workers had joined the strike.\n\n“This is not about pay alone,” its leader said."
STORY = f"{LEAD}\n\n{REST}"


def read_text(folder: Path, text: str, name: str = "a.txt") -> Article:
    (folder / name).write_text(text, "utf-8")
    (found,) = read_paths(folder / name)
    assert isinstance(found, Article), found
    return found


def test_read_layout_sections_and_buttons_above_are_no_headline(tmp_path: Path) -> None:
    above = "Skip to content\nHome\nNews\nSports\nOpinion\nLog in\n\n"
    beside = "October 22, 2021\nby Ana Prado\nin Economy\nA A\n0\nSHARES\n112\nVIEWS\n\n"
    article = read_text(tmp_path, f"{above}Strike strands ships off the coast\n\n{beside}{STORY}\n")
    assert (article.title, article.author) == ("Strike strands ships off the coast", "Ana Prado")
    assert (str(article.published), article.text) == ("2021-10-22", STORY)


@pytest.mark.parametrize(
    "above",
    [
        "World\nAmericas",
        "ECONOMY | Ports",
        "Home > World > Strike",
        "FOR IMMEDIATE RELEASE",
        "Journal ID: 2382",
        "Coast Herald | Print page",
    ],
)
def test_read_layout_kicker_is_no_headline(tmp_path: Path, above: str) -> None:
    article = read_text(tmp_path, f"{above}\n\nStrike strands ships off the coast\n\n22 October 2021\n\n{STORY}\n")
    assert (article.title, article.text) == ("Strike strands ships off the coast", STORY)


def test_read_layout_a_sentence_may_stand_above_the_date_line(tmp_path: Path) -> None:
    standfirst = "More than forty ships wait off the port after talks over shifts failed."
    text = f"Dockers strike again\n\n{standfirst}\n\nPublished On 21 Oct 2021\n21 Oct 2021\n\n{STORY}\n"
    article = read_text(tmp_path, text)
    assert (str(article.published), article.text) == ("2021-10-21", f"{standfirst}\n\n{STORY}")


def test_read_layout_headline_broken_at_a_margin_is_one(tmp_path: Path) -> None:
    text = f"Dockers in Port Town Reject\nan Offer on Night Shifts\n\nBy ANA PRADO\n\n{STORY}\n"
    article = read_text(tmp_path, text)
    assert (article.title, article.author) == ("Dockers in Port Town Reject an Offer on Night Shifts", "Ana Prado")


@pytest.mark.parametrize(
    ("beside", "author", "place"),
    [
        ("Ana Prado in Santos\nFri 22 Oct 2021 17.42 BST", "Ana Prado", "Santos"),
        ("By Ana Prado\nBusiness reporter, Coast News, Santos\nPublished\n22 October 2021", "Ana Prado", None),
        ("Ana Prado Published October 22, 2021 Updated October 23, 2021 08:55am", "Ana Prado", None),
        ("Ana Prado |22.10.2021 - Update : 23.10.2021\n\nSANTOS", "Ana Prado", "Santos"),
        ("Ana Prado\nCoast Times\n22 October 2021", "Ana Prado", None),
        ("October 22, 2021 6:42 PM\n\n    Ana Prado", "Ana Prado", None),
    ],
)
def test_read_layout_author_stands_in_many_places(tmp_path: Path, beside: str, author: str, place: str | None) -> None:
    article = read_text(tmp_path, f"Strike strands ships off the coast\n\n{beside}\n\n{STORY}\n")
    assert (article.author, article.place) == (author, place)
    assert (str(article.published), article.text) == ("2021-10-22", STORY)


def test_read_layout_agency_is_the_source_and_no_author(tmp_path: Path) -> None:
    article = read_text(tmp_path, f"Strike strands ships off the coast\n\nBy REUTERS\n22 October 2021\n\n{STORY}\n")
    assert (article.source, article.author) == ("REUTERS", None)


@pytest.mark.parametrize(
    "below",
    [
        "Tags\nBrazil\nStrike",
        "Topics\n# Brazil",
        "jf/rt (Reuters, AFP)",
        "ZZ/PR\nNews ID 17987",
        "Manar/Hala",
        "(END)",
        "==Kyodo",
        "K.F.",
        "7129**2050\n\n0 Persons",
        "GNA",
        "Ann Lee in Beirut contributed to this report.",
        "Translated by Ann Lee",
        "The post Strike strands ships appeared first on Coast Herald.",
        "Write to Ann Lee at ann.lee@example.com",
        "Follow us on Twitter @CoastHerald",
        "END OF ARTICLE",
        "Previous Post\nRains flood market\nNext Post\nBank raises rates",
        "More on this story\nCoffee price climbs\nWhat is a docker?",
        "For all the latest news, follow us on Telegram.",
        "Posted in Ports | Tagged docks, strike | 3 Comments\n← Older post",
        "Media contact:\nAnna Frei\npress@example.com\n+41 44 555 01 01",
        "First published on October 21, 2021 / 7:02 PM EDT",
        "#ports #strike",
        "Helen Frost contributed reporting from Mombasa.",
        "With reporting by Reuters and AP",
        "6 + 2 =",
        "Join our Telegram channel and get the latest news.",
        "The views expressed here do not reflect the position of the Herald.",
    ],
)
def test_read_layout_what_stands_below_is_no_story(tmp_path: Path, below: str) -> None:
    assert read_text(tmp_path, f"Dockers strike again\n\n{STORY}\n\n{below}\n").text == STORY


def test_read_layout_date_below_counts_where_the_one_above_is_of_an_update(tmp_path: Path) -> None:
    text = f"Dockers strike again\n\nUpdated on: 23 October 2021\n\n{STORY}\n\nPublished on: Friday, October 22, 2021\n"
    assert str(read_text(tmp_path, text).published) == "2021-10-22"


def test_read_layout_update_below_dates_a_story_that_has_no_other_date(tmp_path: Path) -> None:
    text = f"Dockers strike again\n\n{STORY}\n\nUpdated On 07 Oct, 2021 08:55 am\n"
    assert str(read_text(tmp_path, text).published) == "2021-10-07"


@pytest.mark.parametrize(
    "text",
    [
        "The mill\n\n{story}\n\nFollow us, the guide said, and they did.\n\nTags were put on every fish.",
        "The mill\n\n{story}\n\nMore: the word was on every banner in the square.",
        "The mill\n\n{story}\n\nSource: that is what the locals call the spring below the wall.",
        "The mill\n\n{story}\n\nKenya 23\nEthiopia 19\nUganda 11",
        "The mill\n\nBACKGROUND\n\n{story}\n\nFINDINGS\n\nEleven cracks were found in May.",
        "Two ministers\n\nLina Haddad\n\n{story}\n\nOmar Saleh\n\nHe has never been to the dam, and says so.",
        "The week ahead\n\nMonday, October 18\n{story}\nTuesday, October 19\nParliament votes on the bill.",
        "The mill\n\nParis, sunlit: that is where she wanted to be when the summer of that year was over.\n\n{story}",
    ],
)
def test_read_layout_loses_no_line_of_a_story(tmp_path: Path, text: str) -> None:
    written = [line for line in text.format(story=STORY).split("\n") if line]
    article = read_text(tmp_path, text.format(story=STORY))
    assert [article.title, *article.text.split("\n\n")] == written


def test_read_layout_message_and_database_labels(tmp_path: Path) -> None:
    labels = "Subject: Dockers strike\nFrom: Coast Herald <news@coast.example>\nDate: Fri, 22 Oct 2021 18:32:00 +0300"
    message = f"{labels}\n\n{STORY}"
    article = read_text(tmp_path, message)
    assert (article.title, article.source, article.text) == ("Dockers strike", "Coast Herald", STORY)
    database = (
        "Headline: Dockers strike\nPublication: Coast Herald\nDate: October 22, 2021 Friday\nByline: Ana Prado\n"
        f"Length: 312 words\n\nBody\n\n{STORY}\n\nLoad-Date: October 23, 2021\n\nEnd of Document\n"
    )
    article = read_text(tmp_path, database)
    assert (str(article.published), article.author, article.text) == ("2021-10-22", "Ana Prado", STORY)


def test_read_layout_indented_paragraphs_broken_at_a_margin(tmp_path: Path) -> None:
    import textwrap

    paragraphs = [LEAD * 2, "A short one.", LEAD, LEAD * 3]
    body = "\n".join(textwrap.fill(paragraph, 70, initial_indent="    ") for paragraph in paragraphs)
    assert read_text(tmp_path, f"DOCKERS STRIKE\n\n{body}\n").text == "\n\n".join(paragraphs)


def test_read_layout_rich_text_loses_its_codes(tmp_path: Path) -> None:
    rich = (
        "{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\pard\\b Dockers strike\\b0\\par\n\\par\n"
        "It is \\'93all over\\'94, he said of the long strike at the port on Thursday \\u8212? and went.\\par}"
    )
    article = read_text(tmp_path, rich)
    assert article.title == "Dockers strike"
    assert article.text == "It is “all over”, he said of the long strike at the port on Thursday — and went."
