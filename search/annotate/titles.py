"""Words around names: titles, ranks and offices before them, particles in them, words that are never one."""

from __future__ import annotations

__all__ = [
    "HONORIFICS",
    "MAY_BE_GIVEN",
    "NOT_NAMES",
    "OCCUPATIONS",
    "OFFICES",
    "PARTICLES",
    "PERSONAL",
    "REGNAL",
    "ROYAL",
    "SMALL",
    "SUFFIXES",
    "is_title",
]


def words_of(text: str) -> frozenset[str]:
    """A set of words from a text of them."""
    return frozenset(text.split())


PERSONAL = words_of(
    """president premier chancellor senator sen rep congressman congresswoman gov governor mayor mr mrs ms miss mx
    dr prof professor gen general lt lieutenant col colonel maj major brig brigadier capt captain sgt sergeant
    cpl corporal pvt adm admiral cmdr cdr commander marshal ayatollah hojatoleslam hojjatoleslam hojatolislam
    pope cardinal archbishop bishop rev reverend rabbi patriarch metropolitan sir dame lord lady baron baroness
    minister ambassador undersecretary taoiseach tanaiste judge justice sheriff detective inspector
    superintendent constable spokesman spokeswoman spokesperson mullah maulana mufti sheikh sheik shaikh shaykh
    imam king queen prince princess emperor empress sultan emir tsar czar kaiser shah secretary speaker chairman
    chairwoman congressperson assemblyman assemblywoman councillor councilman councilwoman msgr monsignor fr
    señor senor senora herr frau monsieur madame mme datuk dato tun brother sister comrade coach presidents
    ministers generals senators governors secretaries chancellors premiers ambassadors professors drs messrs
    kings queens princes treasurer governor-general vice-president vice-chancellor taoisigh"""
)
"""Titles after which a capitalised word is a person's name. Folded."""

OFFICES = words_of(
    """prime foreign defense defence interior finance justice health education energy oil trade economy economic
    culture labor labour agriculture transport transportation environment information intelligence security
    national home external affairs internal state treasury deputy vice acting interim caretaker former ex late
    then outgoing incoming newly elected re-elected president-elect elect supreme leader chief head staff
    executive officer operating director manager editor attorney solicitor advocate procurator prosecutor public
    opposition party first second third lady crown grand permanent representative special envoy high
    commissioner police army navy naval air force military armed forces marine marines corps field rear
    commodore corporal flight squadron wing group private warrant petty master chief-of-staff politburo member
    central committee lawmaker legislator parliamentarian mp mep mla mps majority minority whip banker investor
    analyst expert historian author writer poet novelist journalist reporter correspondent commentator columnist
    activist dissident lawyer barrister economist scientist physicist doctor nurse engineer pilot astronaut
    cosmonaut actor actress singer striker midfielder defender goalkeeper forward captain co-chair cochair
    co-founder founder ceo cfo coo cto chairperson chair spokesperson aide adviser advisor counselor counsellor
    consul attache dean provost rector principal assistant associate senior junior veteran retired billionaire
    businessman businesswoman entrepreneur tycoon magnate warlord rebel militant cleric preacher pastor father
    mother son daughter wife husband brother sister king-elect his her their excellency majesty highness
    holiness eminence honor honour honourable honorable hon right worshipful chief-justice republican democratic
    democrat conservative labour liberal socialist communist the of and for to by with"""
)
"""Words of offices, which come before a name but don't announce one by themselves. Folded."""

SMALL = words_of("the of and for to by with")
"""Those of OFFICES that are none with a capital: "Secretary of State", but "To Lam". Folded."""

OCCUPATIONS = words_of(
    """accountant activist actor actress adviser advisor aide airman ambassador analyst anchor anthropologist
    archaeologist archeologist architect archivist artist astronaut astronomer athlete attorney author baker ballerina
    banker barber barrister batsman beekeeper biochemist biologist blogger bookseller botanist bowler boxer breeder
    brewer broadcaster broker builder businessman businesswoman butcher campaigner captain caretaker caricaturist
    carpenter cartoonist cellist chef chemist choreographer cinematographer cleaner cleric climatologist climber coach
    columnist comedian commander commentator composer comrade conductor conservationist consultant cook correspondent
    counsellor craftsman criminologist critic curator custodian cyclist dancer dealer defender demographer dentist
    deputy designer detective dissident diver doctor dramatist driver ecologist economist editor educator electrician
    engineer entomologist entrepreneur epidemiologist essayist ethicist ethnographer executive explorer farmer
    filmmaker financier firefighter fisherman footballer forecaster foreman forester forward gardener geneticist
    geographer geologist geophysicist glaciologist goalkeeper golfer grower guard guide guitarist gymnast hairdresser
    herder historian housewife humorist hunter hurdler hydrologist illustrator immunologist industrialist influencer
    inspector instructor interpreter inventor investigator investor janitor jeweller jockey journalist jumper keeper
    labourer lawmaker lawyer lecturer legislator librarian lifeguard linguist lobbyist lyricist magician magistrate
    manager mathematician mechanic merchant meteorologist microbiologist midfielder midwife milliner miner missionary
    mogul monk mountaineer musician naturalist negotiator neighbour neighbor neighbours neighbors neurologist
    neuroscientist neurosurgeon newscaster novelist nun nurse nutritionist oceanographer officer official onlooker
    opener operator organizer organiser ornithologist owner paediatrician pediatrician painter palaeontologist
    paleontologist paramedic parliamentarian pastor pathologist pensioner pharmacist philanthropist philosopher
    photographer photojournalist physician physicist physiologist pianist pilot pitcher plaintiff player playwright
    plumber podcaster poet policeman policewoman politician pollster porter potter preacher presenter priest principal
    producer professor programmer prosecutor protester publicist publisher pundit quarterback rapper realtor rebel
    receptionist refugee regulator reporter researcher resident restaurateur retiree rider rower runner sailor salesman
    scholar scientist scout screenwriter sculptor seamstress seismologist shepherd shopkeeper shopper sherpa singer
    skater skier skipper smuggler sociologist soldier solicitor songwriter soprano specialist speechwriter
    spokesman spokesperson spokeswoman sprinter stockbroker strategist striker student stylist substitute substitutes
    supervisor surfer surgeon surveyor survivor swimmer tailor teacher technician tenor theologian therapist trader
    trainer translator trucker tutor tycoon undertaker vendor veterinarian victim villager vintner violinist
    virologist volcanologist volunteer waiter waitress weaver weightlifter welder winemaker winger witness worker
    wrestler writer zoologist"""
)
"""What people are and do, in the news. Folded."""

HONORIFICS = words_of(
    """seyed seyyed sayyid sayyed sayed syed said-al hajj haj hajji haji hadji shahid martyr ustad maulvi mawlawi
    seri molavi qari hafez-e doctor begum shri smt pandit swami lama venerable blessed saint sheikh sheik shaikh
    shaykh mullah imam sultan emir shah prince princess king queen major dean judge bishop dame lord lady baron
    baroness brother sister father mother"""
)
"""Titles that are part of many names: stripped only where two words remain ("Sheikh Hasina" stays). Folded."""

ROYAL = words_of(
    """pope king queen prince princess emperor empress sultan emir tsar czar shah saint mullah patriarch sheikh
    sheik imam"""
)
"""Titles that name their bearer together with one given name: "Pope Francis", "Prince William". Folded."""

PARTICLES = words_of(
    """al el ul ur us as ad an ar ash at ibn bin ben bint binti abu abd van von vom der den dem de da do dos das
    del della dello di du la le las los lo ter ten te te' y e zu zur af av ap bar ibni och st uz ud uddin"""
)
"""Words within names, in lower case or joined by hyphens. Folded."""

SUFFIXES = words_of("""jr sr ii iii iv vi vii viii ix xi xii xiii xiv xv xvi xvii xviii v i x esq phd md""")
"""What follows a name and parts a father from his son, or one king from another. Folded."""

REGNAL = words_of("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii")

NOT_NAMES = words_of(
    """monday tuesday wednesday thursday friday saturday sunday january february april june july september october
    november december mon tue tues wed thu thur thurs fri sat sun jan feb mar apr jun jul aug sep sept oct nov
    dec read more click here share follow subscribe photo photos video image file source sources editor editors
    picks related news live update updates breaking exclusive opinion analysis comment comments advertisement
    sponsored newsletter office staff department ministry council party committee commission agency bureau
    parliament senate congress house court tribunal government administration cabinet army navy force forces
    guard guards corps command troops police security intelligence service services bank company corporation
    corp inc ltd llc group holdings union league association federation organization organisation institute
    institution university college school academy hospital center centre foundation fund museum church mosque
    temple cathedral stadium airport port bridge street road avenue square park river lake mountain sea ocean
    gulf strait island islands bay valley desert city town village province district county region republic
    kingdom empire state states nation nations conference summit treaty agreement accord deal pact resolution
    act law bill amendment constitution election elections referendum war battle operation revolution movement
    front brigade brigades battalion division regiment squadron coalition alliance bloc islam islamic muslim
    muslims christian christians jewish jew jews sunni shia shiite shi'ite catholic catholics protestant
    orthodox shias shiites shi'ites sunnis alawites druze yazidis kurds hindus buddhists hindu buddhist sikhs
    arab arabs kurd kurds kurdish western eastern northern southern central european asian african latin god
    allah bible quran koran ramadan eid easter christmas covid coronavirus brexit twitter facebook google
    youtube instagram telegram whatsapp tiktok wikipedia reuters afp ap bbc cnn tass irna isna fars xinhua
    interfax bloomberg mr mrs ms dr this that these those there then they the he she it we you his her its our
    your their who what when where why how wire desk press correspondent correspondents consort jubilee avenida
    harakat august march international national memorial jabhat kataib tahrir hizb ansar jaish jaysh liwa saraya
    brotherhood hurricane typhoon cyclone storm and but for nor yet with from into over under after before about
    above below between during while because although today yesterday tomorrow tonight morning evening night
    north south east west world cup olympics olympic games championship premier prime minister president general
    secretary chief foreign defense defence interior finance leader spokesman spokeswoman republican republicans
    democrat democrats democratic labour labor conservative conservatives tory tories liberal liberals socialist
    communist communists greens independent taliban hamas hezbollah houthi houthis isis isil daesh kremlin
    pentagon white supreme"""
)
"""Words that no person is called, as far as news goes: what is one such word, or ends with it, is no name. Folded."""


MAY_BE_GIVEN = words_of(
    """jordan chad georgia israel kenya india paris victoria sofia lima florence sydney cuba holland ireland
    england german france china asia chelsea brooklyn savannah austin dallas houston jackson lincoln madison
    hamilton cairo milan vienna roma sierra berlin london trinidad salvador guinea malta ali santiago denver
    tulsa boston kingston carolina virginia dakota montana alexandria adelaide charlotte valencia lourdes wales
    scott welsh french england holland poland brazil romania nairobi"""
)
"""Names of countries and cities that people bear too: by themselves, the recogniser decides. Folded."""


def is_title(key: str) -> bool:
    """May a folded word stand before a name, outside of it?"""
    return key in PERSONAL or key in OFFICES or key in HONORIFICS
