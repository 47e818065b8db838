"""Invented, ordinary names that may be one person: the pitfalls of six countries and the papers of their hosts."""

PAIRS = (
    # Đ and Ђ: Dj, Gj, Dzh, D, the Icelandic eth
    ("Đorđević", "Djordjevic"), ("Đorđević", "Gjorgjeviq"), ("Đorđević", "Ђорђевић"), ("Đorđević", "Dordevic"),
    ("Đorđević", "Ðorđević"), ("Đorđe", "Dzhordzhe"), ("Đurić", "Gjuriq"), ("Đurić", "Djuritch"), ("Ђурић", "Djuric"),
    ("Đoković", "Djokovitsch"), ("Đina", "Gjina"), ("Đon", "Gjon"), ("Đerđ", "Gjergj"),
    # Ć, Č and Ћ: C, Q, Ç, Ch, Tch, Tsch, Tsj, Kj
    ("Ćerimi", "Qerimi"), ("Ćerimi", "Cerimi"), ("Ћерими", "Qerimi"), ("Ćazim", "Qazim"), ("Ćazim", "Kjazim"),
    ("Ćamil", "Qamil"), ("Čedomir", "Tchedomir"), ("Čedomir", "Tschedomir"), ("Čedomir", "Tsjedomir"),
    ("Чедомир", "Çedomir"), ("Čabej", "Çabej"), ("Čavić", "Chavich"), ("Čaušević", "Tschauschewitsch"),
    ("Čačak", "Чачак"), ("Чачак", "Tschatschak"), ("Thaçi", "Tači"),
    # the endings -ić, -iq, -itch, -itsch, -ich, -ikj
    ("Petrović", "Petroviq"), ("Petrović", "Petrovitch"), ("Петровић", "Petrowitsch"), ("Petrović", "Petrovich"),
    ("Petrović", "Petrovic"), ("Jovanović", "Jovanoviq"), ("Jovanović", "Yovanovitch"), ("Nikolić", "Nikolich"),
    ("Ramović", "Ramovikj"), ("Vuković", "Voukovitch"), ("Nišić", "Nishiq"), ("Krasnići", "Krasniqi"),
    ("Краснићи", "Krasniqi"), ("Битићи", "Bytyqi"),
    # Dž, Џ and Xh
    ("Hodža", "Hoxha"), ("Hodža", "Хоџа"), ("Хоџа", "Hoxha"), ("Hodža", "Hodja"), ("Hodža", "Hodscha"),
    ("Hodža", "Hodzha"), ("Hoxha", "Hodza"), ("Džemail", "Xhemajl"), ("Џемаил", "Xhemail"), ("Džafer", "Xhafer"),
    ("Dževdet", "Xhevdet"), ("Džavit", "Xhavit"), ("Džemo", "Djemo"),
    # Š and Ž: Sh, Sch, Sj, Ş, Zh, Zj
    ("Beriša", "Berisha"), ("Бериша", "Berisha"), ("Šabani", "Shabani"), ("Šala", "Shala"), ("Šefki", "Schefki"),
    ("Šefki", "Sjefki"), ("Šukri", "Şukri"), ("Gaši", "Gashi"), ("Vukašin", "Woukashin"), ("Žarko", "Zharko"),
    ("Жарко", "Zjarko"), ("Живковић", "Zivkovitch"), ("Žeželj", "Zhezhel"), ("Śako", "Šako"),
    ("Приштина", "Prishtina"),
    # Macedonian Ѓ, Ќ and Ѕ
    ("Ѓорѓи", "Gjorgji"), ("Ѓорѓи", "Đorđi"), ("Ѓорѓиев", "Gjorgjiev"), ("Ѓорѓиевски", "Djordjievski"),
    ("Ќосе", "Qose"), ("Ќирил", "Kjiril"), ("Ќирил", "Ćiril"), ("Ќазим", "Qazim"), ("Ѕвезда", "Dzvezda"),
    ("Ѕидар", "Dzidar"),
    # Lj, Nj, J and Y
    ("Љиљана", "Liljana"), ("Љубомир", "Lyubomir"), ("Љубомир", "Ljubomir"), ("Ǉubomir", "Ljubomir"),
    ("Његош", "Njegosh"), ("Jusuf", "Yusuf"), ("Imer", "Ymer"), ("Sofija", "Sofia"),
    # Albanian ë and ç
    ("Kënga", "Kenga"), ("Çelë", "Cele"), ("Shkëlqim", "Shkelqim"), ("Përparim", "Перпарим"), ("Shpëtim", "Shpetim"),
    ("Shqipe", "Šćipe"), ("Zoë", "Zoe"),
    # letters of German, French, Dutch and Turkish papers
    ("Hasan", "Khasan"), ("Mihajlović", "Mikhajlovitch"), ("Cvetković", "Tsvetkovitch"), ("Müller", "Muller"),
    ("Strauß", "Strauss"), ("Rrahmani", "Rahmani"), ("O’Neil", "ONeil"), ("Ibrahim", "Ибрахим"), ("Işık", "Isik"),
    ("İsmet", "Ismet"),
)  # fmt: skip
