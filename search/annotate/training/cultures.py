"""Personal names of many cultures, to swap into training texts.

So no one region's names are learnt by heart. Common given and family names only; a combination that is
a living person's name is chance.
"""

from __future__ import annotations

from dataclasses import dataclass

from search.annotate.training.surfaces import pool


@dataclass(frozen=True, slots=True)
class Culture:
    """A pool of names; `family_first` where a news text writes the family name before the given one."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    family_first: bool = False


def _culture(given: str, family: str, family_first: bool = False) -> Culture:
    return Culture(pool(given), pool(family), family_first)


CULTURES: tuple[Culture, ...] = (
    # Persian
    _culture(
        """
        Ali, Hossein, Mohammad, Reza, Mehdi, Saeed, Behrouz, Farhad, Kamran, Mohsen, Ebrahim, Esmail,
        Javad, Gholam-Hossein, Ali-Akbar, Mohammad-Reza, Zahra, Fatemeh, Maryam, Nasrin, Shirin, Leila,
        Parisa, Abbas, Hamid, Majid, Amir-Hossein, Bijan, Dariush, Kazem
        """,
        """
        Ahmadi, Mohammadi, Karimi, Rezaei, Hosseini, Jafari, Moradi, Rahimi, Sadeghi, Mousavi, Kamalvandi,
        Shamkhani, Baqeri, Hatami, Rostami, Najafi, Tabatabaei, Larijani, Ghasemi, Zarghami, Fallahi,
        Vahidnejad, Khatibzadeh, Eslami, Salehi, Kianpour, Shirazi, Tehrani, Qomi, Araghchi, Bahrami,
        Mir-Kazemi, Safdarian, Haddadpour
        """,
    ),
    # Arabic: the Gulf and the Levant
    _culture(
        """
        Ahmed, Mahmoud, Khalid, Omar, Hassan, Yusuf, Ibrahim, Abdullah, Abdul Rahman, Abdel Fattah, Salman,
        Faisal, Nasser, Tariq, Walid, Samir, Nabih, Bashir, Fouad, Amal, Layla, Hanan, Rania, Noura, Sami,
        Ziad, Majed, Muhammad, Mustafa, Saad, Riyad, Haider
        """,
        """
        al-Hassan, al-Maliki, al-Saud, al-Thani, al-Jubouri, al-Rashid, al-Masri, Haddad, Khoury, Mansour,
        Nasser, Saleh, Barakat, Hariri, Abu Zaid, bin Rashid, bin Sultan, al-Otaibi, Al-Attiyah, Al-Sabah,
        Hamdan, Shaheen, el-Sayed, El-Baradei, Qasim, al-Kadhimi, al-Sudani, Jaber, Khalil, Mikdad, Zoubi,
        Habib, al-Houthi, Abdul-Mahdi, Ghannouchi, Bouteflika, Benali, Tebboune, Belkacem
        """,
    ),
    # Turkish, Azerbaijani and Central Asian
    _culture(
        """
        Mehmet, Ahmet, Mustafa, Emre, Murat, Hakan, Ayse, Elif, Fatma, Zeynep, Kemal, Orhan, Serkan, Burak,
        İbrahim, Süleyman, Elnur, Ilham, Nursultan, Askar, Almazbek, Gulnara, Bakyt, Shavkat, Islam,
        Emomali, Rustam, Dilshod
        """,
        """
        Yilmaz, Kaya, Demir, Şahin, Çelik, Öztürk, Aydin, Arslan, Doğan, Kılıç, Çavuşoğlu, Kalin, Akar,
        Aliyev, Mammadov, Huseynov, Nazarov, Karimov, Tokayev, Abdullayev, Rakhmonov, Bekov, Atambayev,
        Yusupov, Erdem, Korkmaz, Bayramov, Özdemir
        """,
    ),
    # Russian, Belarusian and Ukrainian
    _culture(
        """
        Sergei, Dmitry, Alexander, Andrei, Mikhail, Nikolai, Igor, Oleg, Vladimir, Yuri, Viktor, Anatoly,
        Olga, Natalia, Maria, Irina, Tatyana, Ksenia, Volodymyr, Oleksandr, Petro, Yulia, Dmytro, Serhiy,
        Mykola, Andriy, Oleksiy, Pavel, Konstantin, Maksim
        """,
        """
        Ivanov, Petrov, Sidorov, Kuznetsov, Volkov, Smirnov, Sokolov, Lebedev, Morozov, Gerasimenko,
        Lavrentyev, Ryabkov, Zakharova, Shoygin, Peskovsky, Orlova, Kozlov, Kovalenko, Shevchenko,
        Bondarenko, Tkachenko, Melnyk, Kuleshov, Poroshin, Zhukov, Titov, Belov, Antonov, Surkov, Nikitin,
        Stepanenko, Klymenko, Danylchuk
        """,
    ),
    # Chinese
    _culture(
        """
        Wei, Jun, Xiaoming, Guoqiang, Jianhua, Lijuan, Yifan, Zhigang, Keqiang, Qishan, Xiaoping, Lijian,
        Chunying, Wenbin, Mei, Hao, Yong, Ping, Jintao, Jiabao, Deming, Shengkun, Ying-jeou, Ching-te,
        Chun-hua, Kai-shek, Zheng, Min, Xuesen
        """,
        """
        Wang, Li, Zhang, Liu, Chen, Yang, Zhao, Huang, Zhou, Wu, Xu, Sun, Hu, Zhu, Gao, Lin, He, Guo, Ma,
        Luo, Geng, Hua, Qin, Xi, Jiang, Tsai, Lai, Deng, Cui, Lam
        """,
        family_first=True,
    ),
    # Korean
    _culture(
        """
        Min-jun, Ji-hoon, Seo-yeon, Hyun-woo, Jong-su, Young-ho, Sung-min, Jae-in, Geun-hye, Myung-bak,
        Kyung-wha, Soo-jin, Yo-jong, Jong-il, Seok-youl, Eun-ji, Dong-hyuk, Tae-yong, Chang-soo, In-young
        """,
        """
        Kim, Lee, Park, Choi, Jung, Kang, Cho, Yoon, Jang, Lim, Han, Oh, Seo, Shin, Kwon, Hwang, Ahn, Song,
        Ryu, Hong, Moon, Ri, Pak
        """,
        family_first=True,
    ),
    # Japanese
    _culture(
        """
        Hiroshi, Takashi, Kenji, Yuki, Haruka, Naoko, Akira, Shinzo, Taro, Junichiro, Yoshihide, Fumio,
        Makoto, Satoshi, Kazuo, Keiko, Ichiro, Toshimitsu, Yoko, Katsuya, Seiji, Nobuo, Emi
        """,
        """
        Sato, Suzuki, Takahashi, Tanaka, Watanabe, Ito, Yamamoto, Nakamura, Kobayashi, Kato, Yoshida,
        Yamada, Sasaki, Matsumoto, Inoue, Kimura, Hayashi, Shimizu, Motegi, Onodera, Kishimoto, Nishimura,
        Hatoyama, Maehara, Okada, Ozawa
        """,
    ),
    # Vietnamese, Cambodian and Lao
    _culture(
        """
        Van Minh, Thi Hoa, Quoc Tuan, Xuan Phuc, Minh Triet, Phu Trong, Tan Dung, Thanh Hai, Duc Anh,
        Hong Son, Sovann, Sokha, Rainsy, Sophal, Chea, Dara, Bounnhang
        """,
        """
        Nguyen, Tran, Le, Pham, Hoang, Phan, Vu, Dang, Bui, Do, Ngo, Truong, Sok, Chan, Sar, Keo, Hun, Kem,
        Thongloun
        """,
        family_first=True,
    ),
    # Thai and Burmese
    _culture(
        """
        Somchai, Prayut, Abhisit, Thaksin, Yingluck, Surayud, Kasit, Anutin, Suthep, Prawit, Thanathorn,
        Aung, Min, Thein, Khin, Zaw, Win, Myint, Htin
        """,
        """
        Wongsawat, Chaiyasit, Srisuk, Thongchai, Jitpakdee, Suwannarat, Boonyaratglin, Vejjaprasert,
        Phiromya, Wongsuwan, Naing, Htwe, Maung Aye, Nyunt, Hlaing, Kyaw, Swe, Tun Lin, Ko Ko, Thant
        """,
    ),
    # Indian, Sri Lankan, Nepali and Bangladeshi
    _culture(
        """
        Rajesh, Amit, Sanjay, Priya, Sunita, Anil, Vijay, Manmohan, Atal, Rahul, Narendra, Sushma, Arun,
        Pranab, Ravi, Deepak, Lakshmi, Mahinda, Ranil, Pushpa, Khadga, Baburam, Sheikh, Khaleda, Ziaur,
        Mizanur, Abdur, Gotabaya, Kumar, Smriti, Yogesh
        """,
        """
        Sharma, Gupta, Singh, Patel, Kumar, Reddy, Iyer, Banerjee, Mukherjee, Chatterjee, Nair, Joshi,
        Mehta, Rao, Yadav, Fernando, Perera, Wickramasinghe, Jayasuriya, Bandara, Adhikari, Thapa,
        Shrestha, Koirala, Bhattarai, Rahman, Hossain, Chowdhury, Islam, Ahmed, Pillai, Krishnan
        """,
    ),
    # Pakistani and Afghan
    _culture(
        """
        Asif, Imran, Nawaz, Shahid, Pervez, Yousuf, Shaukat, Bilawal, Tariq, Rehman, Qamar, Khawaja, Hamid,
        Ashraf, Abdullah, Gul, Zabihullah, Sirajuddin, Amrullah, Hekmat, Atta, Rashid, Ismail, Mullah Omar,
        Abdul Ghani, Baitullah, Ayesha, Hina, Malala
        """,
        """
        Khan, Malik, Butt, Qureshi, Chaudhry, Bhutto, Gilani, Abbasi, Bajwa, Afridi, Mehsud, Karzai, Ghani,
        Haqqani, Mujahid, Baradar, Noorzai, Stanekzai, Popal, Wardak, Saleh, Muttaqi, Akhund, Rabbani,
        Durrani, Zardari, Rehmani, Yousafzai
        """,
    ),
    # Indonesian, Malay and Filipino
    _culture(
        """
        Budi, Agus, Joko, Susilo, Megawati, Retno, Prabowo, Siti, Mahathir, Anwar, Najib, Ismail,
        Hishammuddin, Gloria, Rodrigo, Benigno, Leni, Ferdinand, Corazon, Teodoro, Emilio, Delfin, Taufik,
        Hasyim
        """,
        """
        Santoso, Wibowo, Widodo, Yudhoyono, Marsudi, Subianto, bin Abdullah, bin Hussein, Razak, Ibrahim,
        Yaacob, Santos, Reyes, Cruz, Bautista, Dela Cruz, Macaraeg, Lorenzana, Aquilino, Trillanes,
        Sukarno, Hartono, Nasution, Panjaitan, Wahid
        """,
    ),
    # West African
    _culture(
        """
        Olusegun, Goodluck, Muhammadu, Chinedu, Ngozi, Adebayo, Emeka, Bola, Yemi, Kwame, Kofi, Nana, Ama,
        Akufo, Ellen, George, Alassane, Laurent, Blaise, Ibrahima, Macky, Abdoulaye, Amadou, Mamadou,
        Moussa, Fatou, Aminata, Yahya, Adama
        """,
        """
        Okonkwo, Adeyemi, Okafor, Balogun, Obi, Eze, Abubakar, Danjuma, Mensah, Owusu, Asante, Boateng,
        Johnson, Weah, Ouattara, Gbagbo, Compaore, Diallo, Traore, Keita, Toure, Diop, Ndiaye, Sow, Barrow,
        Jammeh, Coulibaly, Sanogo, Kone, Sankara
        """,
    ),
    # East African and the Horn
    _culture(
        """
        Uhuru, Mwai, Raila, William, Jomo, Wanjiku, Amina, Yoweri, Kizza, Paul, Pierre, Jakaya, Samia,
        Abiy, Meles, Haile, Tedros, Isaias, Hailemariam, Salva, Riek, Abdullahi, Mohamed, Hassan Sheikh,
        Sharif, Ismail Omar, Selam, Desta
        """,
        """
        Kenyatta, Kibaki, Odinga, Ruto, Kamau, Mwangi, Otieno, Wanjala, Museveni, Besigye, Mutebi, Okello,
        Kagame, Nkurunziza, Kikwete, Hassan, Ahmed, Zenawi, Desalegn, Gebre, Tesfaye, Afwerki, Mayardit,
        Machar, Deng, Farah, Warsame, Aden, Guelleh
        """,
    ),
    # Southern African and Congolese
    _culture(
        """
        Thabo, Jacob, Cyril, Nelson, Nkosazana, Sipho, Themba, Lindiwe, Robert, Morgan, Emmerson, Tendai,
        Joice, Hage, Joseph, Felix, Etienne, Jean-Pierre, Isabel, Eduardo, Armando, Filipe, Joyce, Bingu,
        Levy, Rupiah, Andry, Marc
        """,
        """
        Mbeki, Zuma, Dlamini, Nkosi, Khumalo, Ndlovu, Mokoena, van der Merwe, Botha, Moyo, Tsvangirai,
        Mnangagwa, Biti, Geingob, Kabila, Tshisekedi, Bemba, Katumbi, dos Santos, Guebuza, Nyusi, Banda,
        Mutharika, Mwanawasa, Rajoelina, Ravalomanana, Sithole, Chiluba
        """,
    ),
    # Latin American and Spanish
    _culture(
        """
        José, Juan, Carlos, Luis, Miguel, María, Ana, Lucía, Rafael, Felipe, Andrés Manuel, Enrique,
        Cristina, Evo, Rafael, Álvaro, Hugo, Nicolás, Gabriel, Michelle, Daniel, Alejandro, Jorge,
        Mauricio, Iván, Dilma, Fernando, Jair, Luiz, João, Marina, Sebastián
        """,
        """
        García, Rodríguez, Martínez, López, González, Hernández, Pérez, Sánchez, Ramírez, Torres, Flores,
        Rivera, Gómez, Díaz, Morales, Ortega, Castañeda, Fernández de Kirchner, Uribe, Calderón, Silva,
        Oliveira, Souza, Pereira, da Costa, Ferreira, Almeida, Rousseau, Quiroga, Zelaya, Peña Nieto
        """,
    ),
    # French and Belgian
    _culture(
        """
        Jean, Pierre, Jacques, François, Nicolas, Emmanuel, Marie, Claire, Hélène, Dominique, Jean-Marc,
        Jean-Yves, Ségolène, Michel, Philippe, Guy, Yves, Anne, Bernard, Laurent, Charles, Sophie
        """,
        """
        Martin, Bernard, Dubois, Durand, Moreau, Laurent, Lefebvre, Leroy, Roux, Fournier, Girard,
        Le Drian, de Villepin, Kouchner, Delacroix, Verhofstadt, Vanderpoel, Lambert, Rousseau, Chevalier,
        Blanc, Michaux, du Plessis
        """,
    ),
    # German, Dutch and Nordic
    _culture(
        """
        Hans, Karl, Angela, Frank-Walter, Gerhard, Joschka, Wolfgang, Olaf, Ursula, Heiko, Annalena, Jan,
        Pieter, Willem, Mark, Anders, Jens, Lars, Erik, Bjorn, Ingrid, Astrid, Carl, Göran, Helle, Mette,
        Sauli, Jaap, Kaja
        """,
        """
        Müller, Schmidt, Schneider, Fischer, Weber, Wagner, Becker, Schulz, Hoffmann, Koch, von Klaeden,
        Steinmann, de Vries, van Dijk, Bakker, van den Berg, Rutten, Hansen, Johansen, Olsen, Larsen,
        Andersson, Bergström, Lindqvist, Nielsen, Rasmussen, Virtanen, Niinistö, Balkenende
        """,
    ),
    # Polish, Czech, Hungarian and Baltic
    _culture(
        """
        Lech, Donald, Jaroslaw, Andrzej, Radoslaw, Aleksander, Beata, Ewa, Vaclav, Milos, Jan, Petr,
        Viktor, Ferenc, Laszlo, Peter, Valdis, Dalia, Toomas, Gitanas, Katalin, Zoltan, Traian, Mihai
        """,
        """
        Kowalski, Nowak, Wisniewski, Kaminski, Lewandowski, Zielinski, Novak, Svoboda, Dvorak, Prochazka,
        Horvath, Nagy, Szabo, Kovacs, Toth, Orbanek, Kalnins, Ozolins, Kazlauskas, Ilvesson, Popescu,
        Ionescu, Basarab, Dombrovsky
        """,
    ),
    # Balkan and Greek
    _culture(
        """
        Slobodan, Vojislav, Boris, Zoran, Ivica, Milan, Radovan, Haris, Hashim, Edi, Sali, Nikola, Zoran,
        Gjorge, Boyko, Georgi, Kostas, Giorgos, Alexis, Antonis, Dimitris, Nikos, Kyriakos, Albin
        """,
        """
        Jovanovic, Petrovic, Nikolic, Markovic, Djordjevic, Stankovic, Kovacevic, Babic, Horvat, Begovic,
        Hoxha, Berishaj, Krasniqi, Gruevski, Dimitrov, Borisov, Papadopoulos, Karamanlis, Samaras,
        Georgiou, Nikolaidis, Economou, Mitsakis
        """,
    ),
    # Hebrew
    _culture(
        """
        Benny, Ehud, Ariel, Shimon, Tzipi, Avigdor, Naftali, Yair, Yoav, Moshe, Yitzhak, Gabi, Ron, Miri,
        Ayelet, David, Amir, Itamar, Shaul, Dan
        """,
        """
        Cohen, Levi, Mizrahi, Peretz, Biton, Friedman, Katz, Ben-David, Bar-Lev, Ashkenazi, Gantzman,
        Shalom, Livneh, Olmertz, Barakan, Eisenberg, Galant, Lapidot, Netzer, Ben-Ami, Halevi, Yaalon,
        Regev, Golan
        """,
    ),
    # Anglophone
    _culture(
        """
        James, John, Robert, Michael, William, David, Richard, Thomas, Mark, Steven, Paul, George, Mary,
        Patricia, Jennifer, Linda, Elizabeth, Susan, Karen, Nancy, Margaret, Helen, Julia, Tony, Gordon,
        Kevin, Scott, Andrew, Brian, Rex, Antony, Lloyd, Jake
        """,
        """
        Smith, Jones, Taylor, Brown, Wilson, Evans, Walker, Wright, Robinson, Thompson, White, Hughes,
        Edwards, Green, Hall, Wood, Harris, Clarke, Baker, Carter, Mitchell, Campbell, O'Connor, O'Brien,
        McDonald, McCarthy, Sullivan, Kennedy, Bolton, Blakeman, Austin, Price, Sherwood, Fitzgerald
        """,
    ),
    # Italian and Portuguese
    _culture(
        """
        Giuseppe, Mario, Silvio, Romano, Matteo, Giorgia, Luigi, Paolo, Franco, Sergio, Emma, Marco,
        António, Aníbal, Manuel, Pedro, Rui, Federica, Carlo
        """,
        """
        Rossi, Russo, Ferrari, Esposito, Bianchi, Romano, Colombo, Ricci, Marino, Greco, Di Maio, De Luca,
        Berluscoli, Gentilucci, Pratesi, da Silva, Barroso, Cavaco, Guterres, Sócrates, Coelho, D'Angelo
        """,
    ),
    # The Pacific
    _culture(
        """
        Sitiveni, Frank, Josaia, Laisenia, Peter, Michael, Sir Tupua, Tuilaepa, Manasseh, Allan, Jacinda,
        Winston, Bob, Julie, Marise, Anote, Enele, Feleti, Aupito, Mahara
        """,
        """
        Rabuka, Bainimarama, Qarase, Tuimaleali'ifano, O'Neill, Somare, Marape, Sogavare, Kemakeza, Tong,
        Sopoaga, Sevele, Faleolo, Malielegaoi, Latu, Vunipola, Ngata, Peters, Turei, Natano
        """,
    ),
)
