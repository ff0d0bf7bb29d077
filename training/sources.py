"""Where the parallel text comes from, under which licence, and how much of each source is trained on.

The text itself lies in ../shared/train (MTQC_SHARED names another folder), one TSV.gz a source, except the authored
pairs, which were written for this project and lie in training/authored.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
AUTHORED = "authored"


@dataclass(frozen=True, slots=True)
class Source:
    """A named body of parallel text. `most`: pairs that enter the mixture (None: all); `times`: how often each does."""

    name: str
    origin: str
    licence: str
    most: int | None = None
    times: int = 1
    beyond: int | None = 0
    """Pairs besides those of the mixture, as they are and without word links (None: all that are left)."""
    longest: int = 1_000
    """Characters of both sides together, at most: longer pairs exceed the 128 pieces a side that are trained on."""


_MS = "CC BY 4.0"
_CANADA = "Open Government Licence – Canada"

SOURCES = (
    Source("african_storybook", "global-asp/asp-source", "CC BY 3.0/4.0", times=3),
    Source("apache_httpd_docs", "apache/httpd", "Apache-2.0", 4_000, beyond=None),
    Source("bible_pd", "seven1m/open-bibles, scrollmapper/bible_databases", "public domain / CC0", 8_000,
           beyond=None, longest=400),
    Source("canada_ca_blog_design", "canada-ca/blogue-canada-ca-blog, design-system", "MIT, Crown", times=3),
    Source("canada_ca_playbook_cccs", "canada-ca/digital-playbook-guide-numerique", _CANADA),
    Source("canada_laws", "justicecanada/laws-lois-xml", _CANADA, 40_000, beyond=120_000, longest=400),
    Source("canada_laws_titles", "justicecanada/laws-lois-xml", _CANADA, 0, beyond=5_000),
    Source("cds_snc_blog", "cds-snc/digital-canada-ca", "MIT, Crown copyright", times=3),
    Source("cnil_gdpr_guide", "LINCnil/GDPR-Developer-Guide", "Licence Ouverte 2.0 / GPL-3.0"),
    Source("debian_website", "debian-webwml", "MIT/Expat or GPL-2+, Open Publication License 1.0"),
    Source("django_docs", "django/django-docs-translations", "BSD-3-Clause", 8_000, beyond=None),
    Source("djangogirls_tutorial", "DjangoGirls/tutorial", "CC BY-SA 4.0", times=2),
    Source("gnome_user_docs", "GNOME/gnome-user-docs", "CC BY 3.0 / CC BY-SA 3.0"),
    Source("monero_site", "monero-project/monero-site", "BSD-3-Clause", times=2),
    Source("mozilla_legal", "mozilla/legal-docs", "CC BY-SA 3.0", times=2),
    Source("mozilla_org_lang", "mozilla-l10n/www.mozilla.org", "MPL-2.0", times=2),
    Source("ms_aspnetcore", "glacasa/AspNetCore.Docs.fr-fr", _MS, 8_000, beyond=None),
    Source("ms_customer_insights", "MicrosoftDocs/customer-insights-pr.fr-fr", _MS),
    Source("ms_dotnet_docs", "CharleyGui/docs.fr-fr", _MS, 20_000, beyond=None),
    Source("ms_dynamics365", "MicrosoftDocs/Dynamics-365-Operations.fr-fr", _MS, 35_000, beyond=None),
    Source("ms_dynamics365_bc", "MicrosoftDocs/dynamics365smb-docs-pr.fr-fr", _MS, 15_000, beyond=None),
    Source("ms_dynamics365_bc_frca", "MicrosoftDocs/dynamics365smb-docs-pr.fr-ca", _MS, 5_000, beyond=None),
    Source("ms_office_js", "OfficeDev/office-js-docs-pr.fr-fr", _MS, 4_000, beyond=None),
    Source("ms_skype_teams", "MicrosoftDocs/OfficeDocs-SkypeForBusiness-pr.fr-FR", _MS, 8_000, beyond=None),
    Source("opensource_guide", "github/opensource.guide", "CC BY 4.0", times=3),
    Source("php_manual", "php/doc-en, php/doc-fr", "CC BY 3.0", 10_000, beyond=None),
    Source("postgresql_docs", "gleu/pgdocs_fr", "PostgreSQL licence", 12_000, beyond=None),
    Source("privacyguides", "privacyguides/privacyguides.org, privacyguides/i18n", "CC BY-SA 4.0", times=3),
    Source("python_docs", "python/python-docs-fr", "PSF licence, CC0 contributions", 20_000, beyond=None),
    Source("rust_book_fr", "Jimskapt/rust-book-fr", "MIT or Apache-2.0", times=2),
    Source("stellarium_skycultures", "Stellarium/stellarium-skycultures", "CC BY-SA, GPL-2.0, free", times=2),
    Source("tails_website", "Tails website", "GPL-3.0-or-later", times=2),
    Source("tatoeba", "Tatoeba, via ManyThings.org", "CC BY 2.0 FR"),
)  # fmt: skip
OURS = Source(AUTHORED, "written for this project, training/authored", "MIT", times=12)


def shared() -> Path:
    """The folder of data beside the repository; raises SystemExit where it is missing."""
    folder = Path(os.environ.get("MTQC_SHARED", HERE.parents[1] / "shared"))
    if not (folder / "train").is_dir():
        raise SystemExit(
            f"No parallel text at {folder}/train: set MTQC_SHARED to the folder that holds train/ and eval/."
        )
    return folder


def files(source: Source) -> list[Path]:
    """Its files, in order."""
    if source.name == AUTHORED:
        return sorted((HERE / "authored").glob("*.tsv"))
    return [shared() / "train" / f"{source.name}.tsv.gz"]


def read(path: Path) -> Iterator[tuple[str, str]]:
    """(English, French) of every line that has just these two columns."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            columns = line.rstrip("\n").split("\t")
            if len(columns) == 2:
                yield columns[0], columns[1]


def held_out() -> set[str]:
    """Both sides of every pair of dev.tsv.gz, which validates during training."""
    return {side for pair in read(shared() / "train" / "dev.tsv.gz") for side in pair}
