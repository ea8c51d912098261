"""Places, agencies and the parts organisations' names are made of, for synthesising training texts."""

from __future__ import annotations


def pool(listing: str) -> tuple[str, ...]:
    """The items of a listing, which commas separate; line breaks are white space."""
    return tuple(" ".join(item.split()) for item in listing.split(","))


PLACES: tuple[str, ...] = pool("""
    Tehran, Isfahan, Shiraz, Tabriz, Mashhad, Qom, Ahvaz, Bandar Abbas, Bushehr, Natanz, Kermanshah,
    Sistan and Baluchestan, Khuzestan, Baghdad, Basra, Mosul, Kirkuk, Erbil, Karbala, Najaf, Anbar,
    Damascus, Aleppo, Idlib, Homs, Deir ez-Zor, Raqqa, Latakia, Beirut, Tripoli, Sidon, Amman, Zarqa,
    Jerusalem, Ramallah, Gaza City, Hebron, Nablus, Jenin, Rafah, Khan Younis, Haifa, Tel Aviv, Riyadh,
    Jeddah, Mecca, Doha, Manama, Muscat, Abu Dhabi, Dubai, Kuwait City, Sanaa, Aden, Hodeidah, Marib,
    Cairo, Alexandria, Giza, Sharm el-Sheikh, Ankara, Istanbul, Izmir, Diyarbakir, Gaziantep, Baku, Ganja,
    Yerevan, Tbilisi, Batumi, Moscow, Saint Petersburg, Kazan, Grozny, Vladivostok, Kyiv, Kharkiv, Odesa,
    Mariupol, Donetsk, Luhansk, Minsk, Brest, Astana, Almaty, Tashkent, Samarkand, Bishkek, Osh, Dushanbe,
    Ashgabat, Kabul, Kandahar, Herat, Helmand, Kunduz, Nangarhar, Islamabad, Lahore, Karachi, Peshawar,
    Quetta, Balochistan, Punjab, New Delhi, Mumbai, Kolkata, Chennai, Gujarat, Kerala, Uttar Pradesh,
    Srinagar, Dhaka, Chittagong, Cox's Bazar, Colombo, Jaffna, Kathmandu, Pokhara, Thimphu, Male, Beijing,
    Shanghai, Guangzhou, Shenzhen, Wuhan, Xinjiang, Urumqi, Lhasa, Sichuan, Hong Kong, Taipei, Kaohsiung,
    Seoul, Busan, Pyongyang, Tokyo, Osaka, Fukushima, Okinawa, Ulan Bator, Hanoi, Ho Chi Minh City,
    Da Nang, Phnom Penh, Siem Reap, Vientiane, Bangkok, Chiang Mai, Pattani, Yangon, Naypyidaw, Mandalay,
    Rakhine, Kuala Lumpur, Penang, Sabah, Singapore, Jakarta, Surabaya, Bali, Aceh, Manila, Cebu, Mindanao,
    Davao, Dili, Lagos, Abuja, Kano, Borno, Accra, Kumasi, Lomé, Cotonou, Abidjan, Dakar, Banjul, Conakry,
    Freetown, Monrovia, Bamako, Timbuktu, Ouagadougou, Niamey, N'Djamena, Yaoundé, Douala, Libreville,
    Malabo, Bangui, Kinshasa, Goma, Kigali, Bujumbura, Kampala, Gulu, Nairobi, Mombasa, Kisumu,
    Dar es Salaam, Dodoma, Zanzibar, Addis Ababa, Mekelle, Tigray, Asmara, Djibouti, Mogadishu, Kismayo,
    Hargeisa, Puntland, Khartoum, Darfur, Juba, Lusaka, Harare, Bulawayo, Gaborone, Windhoek, Pretoria,
    Johannesburg, Cape Town, Durban, Maputo, Beira, Lilongwe, Blantyre, Antananarivo, Luanda, Cabinda,
    Algiers, Oran, Tunis, Sfax, Benghazi, Rabat, Casablanca, Nouakchott, Praia, Bissau, Mexico City,
    Tijuana, Guadalajara, Oaxaca, Guatemala City, Tegucigalpa, San Salvador, Managua, San José,
    Panama City, Havana, Port-au-Prince, Santo Domingo, Kingston, Bridgetown, Port of Spain, Caracas,
    Maracaibo, Bogotá, Medellín, Cali, Quito, Guayaquil, Lima, Cusco, La Paz, Santa Cruz, Asunción,
    Santiago, Valparaíso, Buenos Aires, Córdoba, Rosario, Montevideo, Brasília, São Paulo, Rio de Janeiro,
    Bahia, Manaus, Georgetown, Suva, Nadi, Apia, Nuku'alofa, Port Moresby, Lae, Bougainville, Honiara,
    Port Vila, Nouméa, Tarawa, Funafuti, Majuro, Wellington, Auckland, Christchurch, Canberra, Sydney,
    Melbourne, Brisbane, Queensland, New South Wales, Perth, Darwin, London, Manchester, Belfast,
    Edinburgh, Dublin, Paris, Marseille, Lyon, Brussels, Antwerp, Amsterdam, The Hague, Berlin, Munich,
    Hamburg, Vienna, Geneva, Zurich, Bern, Rome, Milan, Madrid, Barcelona, Lisbon, Athens, Nicosia, Sofia,
    Bucharest, Belgrade, Pristina, Sarajevo, Zagreb, Ljubljana, Skopje, Tirana, Podgorica, Budapest,
    Prague, Bratislava, Warsaw, Krakow, Vilnius, Riga, Tallinn, Helsinki, Stockholm, Oslo, Copenhagen,
    Reykjavik, Chisinau, Washington, New York, Chicago, Houston, Los Angeles, Texas, California, Florida,
    Ohio, Atlanta, Toronto, Ottawa, Montreal, Vancouver, Quebec, Iran, Iraq, Syria, Lebanon, Jordan, Yemen,
    Oman, Qatar, Bahrain, Kuwait, Saudi Arabia, Egypt, Sudan, South Sudan, Libya, Tunisia, Algeria,
    Morocco, Ethiopia, Eritrea, Somalia, Kenya, Uganda, Tanzania, Rwanda, Burundi, Nigeria, Ghana, Togo,
    Benin, Mali, Niger, Chad, Senegal, Gambia, Liberia, Sierra Leone, Zambia, Zimbabwe, Malawi, Mozambique,
    Namibia, Botswana, Lesotho, Eswatini, Madagascar, Mauritius, Comoros, Seychelles, India, Pakistan,
    Afghanistan, Bangladesh, Nepal, Sri Lanka, Myanmar, Thailand, Laos, Cambodia, Vietnam, Malaysia,
    Indonesia, Philippines, China, Japan, South Korea, North Korea, Mongolia, Kazakhstan, Uzbekistan,
    Turkmenistan, Kyrgyzstan, Tajikistan, Armenia, Azerbaijan, Georgia, Turkey, Türkiye, Ukraine, Belarus,
    Poland, Hungary, Romania, Serbia, Kosovo, Fiji, Samoa, Tonga, Vanuatu, Kiribati, Tuvalu, Nauru, Palau,
    Papua New Guinea, Solomon Islands, New Zealand, Australia, Brazil, Argentina, Chile, Peru, Bolivia,
    Ecuador, Colombia, Venezuela, Cuba, Haiti, Jamaica, Honduras
""")

AGENCIES: tuple[str, ...] = pool("""
    MNA, IRNA, ISNA, FNA, IP, Tasnim, Xinhua, Reuters, AP, AFP, UPI, TASS, RIA Novosti, Interfax, SANA,
    NNA, WAM, SPA, KUNA, QNA, MENA, Petra, Anadolu, AA, APA, Trend, Azertac, Kazinform, PTI, IANS, ANI,
    APP, UNB, BSS, Yonhap, KCNA, Kyodo News, Jiji Press, CNA, VNA, Antara, Bernama, PNA, NAN, GNA,
    Panapress, PANA, Apanews, Misna, AllAfrica, EFE, ANSA, dpa, AAP, IRIN, Bloomberg, CNN, BBC, Al Jazeera,
    Press TV, PINA, RNZ
""")

TOPICS: tuple[str, ...] = pool("""
    Health, Education, Agriculture, Defense, Foreign Affairs, Justice, Interior, Energy, Transport, Trade,
    Finance, Culture, Tourism, Labor, Science, Water, Industry, Oil, Information, Environment,
    Youth Affairs, Fisheries, Planning, Immigration, Human Rights, Statistics, Social Welfare
""")

# {place}, {topic}, {family} are filled from the pools; each template yields one organisation's full name.
ORGANIZATIONS: tuple[str, ...] = (
    "Ministry of {topic}",
    "{topic} Ministry",
    "Department of {topic}",
    "{topic} Department",
    "{topic} Organization",
    "National {topic} Council",
    "National {topic} Agency",
    "Supreme Council of {topic}",
    "{place} University",
    "University of {place}",
    "{place} University of Medical Sciences",
    "{place} Chamber of Commerce",
    "{place} City Council",
    "{place} Stock Exchange",
    "Bank of {place}",
    "Central Bank of {place}",
    "{place} Times",
    "{place} Post",
    "{place} Police",
    "{place} Airways",
    "{place} Football Federation",
    "{place} FC",
    "{place} United",
    "{place} Petroleum Company",
    "Red Crescent Society of {place}",
    "{family} Group",
    "{family} Foundation",
    "{family} Holdings",
    "{family} & Sons",
    "{family} Industries Ltd",
    "Institute for {topic} Studies",
    "Center for {topic} Research",
    "Committee on {topic}",
    "Federation of {topic} Workers",
    "Association of {place} Journalists",
    "{topic} Commission",
    "International {topic} Fund",
    "People's {topic} Front",
    "Movement for {topic} and Justice",
    "Party of {topic} and Development",
    "{place} National Congress",
    "{place} Liberation Front",
    "{place} Defence Forces",
    "Constitutional Court of {place}",
    "High Court of {place}",
    "Parliament of {place}",
    "Islamic {topic} Organization",
    "Daily {topic}",
)
