"""Whose cases the sample exports hold: who QuickBooks knows, who it doesn't, and who is hard to tell."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SampleCase:
    """A case of the Client Listing; ``opened`` and ``moved`` in days before today.

    ``moved`` is when the e-mail became ``new_email``.
    """

    number: str
    client: str
    name: str
    email: str
    kind: str = "Express Entry"
    status: str = "In Progress"
    currency: str = "CAD"
    opened: int = 60
    new_email: str = ""
    moved: int = 0


KNOWN = (
    SampleCase(
        "00002-Osei", "O-10002", "Daniel Osei", "daniel.osei@example.com", "Permanent Residence", "Approved"
    ),
    SampleCase(
        "00003-Haddad", "H-10003", "Leila Haddad", "leila.haddad@example.com", "Study Permit", "Submitted"
    ),
    SampleCase("00004-Sharma", "S-10004", "Priya Sharma", "", "Work Permit"),
    SampleCase("00005-Okafor", "O-10005", "Amara Okafor", "amara.okafor@example.com", "Spousal Sponsorship"),
    SampleCase(
        "00006-Tremblay",
        "T-10006",
        "Amélie Tremblay",
        "amelie.tremblay@example.ca",
        "Citizenship",
        "Approved",
    ),
    SampleCase(
        "00007-Brooks",
        "B-10007",
        "Michael Brooks",
        "michael.brooks@example.com",
        "Work Permit",
        currency="USD",
    ),
    SampleCase("00008-Rossi", "R-10008", "Sofia Rossi", "sofia.rossi@example.it", "Study Permit"),
    SampleCase("00009-Adeyemi", "A-10009", "Oluwaseun Adeyemi", "seun.adeyemi@example.ng", "Visitor Visa"),
    SampleCase("00010-Nguyễn", "N-10010", "Nguyễn Thị Hoa", "hoa.nguyen@example.vn", "Spousal Sponsorship"),
    SampleCase("00011-Garcia", "G-10011", "Jose Garcia", "jose.garcia@example.com"),
    SampleCase("00011-Garcia", "G-10911", "José García", "jgarcia@example.mx", "Work Permit"),
    SampleCase(
        "00012-Kowalski", "K-10012", "Zofia Kowalska-Łęcka", "zofia.kowalska@example.pl", "Citizenship"
    ),
    SampleCase("00013-Chen", "C-10013", "Chen Wei", "chen.wei@example.com", "Study Permit"),
    SampleCase("00014-Abdi", "A-10014", "Hodan Abdi", "hodan.abdi@example.com", "Refugee Claim", "Submitted"),
    SampleCase("00015-Petrov", "P-10015", "Пётр Петров", "petr.petrov@example.com", "Visitor Visa", "Closed"),
    SampleCase(
        "00016-Santos", "S-10016", "João Pedro dos Santos", "jp.santos@example.com.br", "Study Permit"
    ),
    SampleCase("00017-Channel", "C-10017", "<!channel> & <https://evil|Approve>", "channel@example.com"),
    SampleCase(
        "00018-O'Brien", "O-10018", 'René "Ané" O\'Brien \\ 马春梅', "rene.obrien@example.com", "Citizenship"
    ),
    SampleCase(
        "00019-Harbour", "H-10019", "Harbour Tech Recruiting Inc.", "accounts@harbourtech.example.com", "LMIA"
    ),
    SampleCase(
        "00020-Harbour", "H-10019", "Harbour Tech Recruiting Inc.", "accounts@harbourtech.example.com", "LMIA"
    ),
    SampleCase("00021-Yilmaz", "Y-10021", "İpek Yılmaz", "ipek.yilmaz@example.com"),  # noqa: RUF001 - her name
    # 00022-Delgado has an invoice and is missing here
    SampleCase(
        "00023-Mbeki", "M-10023", "Thandiwe Mbeki", "thandi.mbeki@example.za", "Express Entry", currency=""
    ),
)

OTHERS = (
    SampleCase("00024-Singh", "S-10024", "ਹਰਪ੍ਰੀਤ ਸਿੰਘ", "harpreet.singh@example.com", "Work Permit"),
    SampleCase("00025-Al-Masri", "A-10025", "نور المصري", "nour.almasri@example.com", "Refugee Claim"),
    SampleCase("00026-Tanaka", "T-10026", "田中 陽子", "yoko.tanaka@example.jp", "Study Permit"),
    SampleCase("00027-Kim", "K-10027", "김민준", "minjun.kim@example.kr", "Express Entry"),
    SampleCase("00028-Papadopoulos", "P-10028", "Ελένη Παπαδοπούλου", "eleni.papa@example.gr", "Citizenship"),
    SampleCase("00029-Cohen", "C-10029", "נועה כהן", "noa.cohen@example.com", "Visitor Visa"),
    SampleCase("00030-Sharapova", "S-10030", "Олена Шаповал", "olena.shapoval@example.com", "CUAET"),
    SampleCase(
        "00031-", "D-10031", "Deepa Krishnamurthy-Venkataraman", "deepa.kv@example.in", "Express Entry"
    ),
    SampleCase("00032-Müller", "M-10032", "Jürgen Müller", "j.mueller@example.de", "Work Permit"),
    SampleCase("00033-Svensson", "S-10033", "Åsa Björk Svensson", "asa.svensson@example.se", "Work Permit"),
    SampleCase("00034-Perera", "P-10034", "නිමල් පෙරේරා", "nimal.perera@example.lk", "Study Permit"),
    SampleCase("00035-Silva", "S-10035", "Maria Silva", "maria.silva@example.com", "Permanent Residence"),
    SampleCase("00036-Campbell", "C-10036", "Fiona Campbell", "fiona.campbell@example.co.uk", "Citizenship"),
    SampleCase(
        "00037-Hassan", "H-10037", "Fatima Hassan", "fatima.hassan@example.com", "Spousal Sponsorship"
    ),
    SampleCase(
        "00038-Ivanova",
        "I-10038",
        "Мария Иванова",
        "m.ivanova@example.bg",
        "Work Permit",
        new_email="maria.ivanova@example.com",
        moved=3,
    ),
    SampleCase("00039-Tran", "T-10039", "Trần Văn Đức", "duc.tran@example.vn", "Study Permit"),
    SampleCase(
        "00040-Bouchard", "B-10040", "Geneviève Bouchard", "genevieve.bouchard@example.ca", "Citizenship"
    ),
    SampleCase("00041-Njoroge", "N-10041", "Wanjiru Njoroge", "wanjiru.njoroge@example.ke", "Study Permit"),
    SampleCase("00042-Rahman", "R-10042", "মোহাম্মদ রহমান", "m.rahman@example.bd", "Express Entry"),
    SampleCase("00043-Lopez", "L-10043", "Ana Lucía López", "ana.lopez@example.mx", "Work Permit", opened=5),
    SampleCase(
        "00044-Wongsakul", "W-10044", "สมชาย วงศ์สกุล", "somchai.w@example.th", "Visitor Visa", opened=4
    ),
)
