"""Mix the parallel text of ../shared/train into one shuffled file, weighted towards prose: mix.py OUT.tsv.gz

Law and software documentation are capped, blogs, essays and stories repeated. The authored news pairs stand twelve
times in it: six as they are, six with the capitalised words that both sides share replaced by other names, half of
them blends of two, so that the model learns to copy names it has never seen. What stands in dev.tsv.gz on either side
is left out. Standard library only; the folder is MTQC_SHARED or ../shared beside the repository.
"""

from __future__ import annotations

import gzip
import os
import random
import re
import sys
from pathlib import Path

CAPS = {
    "canada_laws": 50_000, "canada_laws_titles": 0, "ms_dynamics365": 50_000, "ms_dotnet_docs": 30_000,
    "ms_dynamics365_bc": 20_000, "ms_dynamics365_bc_frca": 5_000, "ms_aspnetcore": 10_000, "ms_office_js": 5_000,
    "ms_skype_teams": 10_000, "php_manual": 15_000, "postgresql_docs": 15_000, "python_docs": 25_000,
    "django_docs": 10_000, "apache_httpd_docs": 5_000, "bible_pd": 10_000,
}  # fmt: skip
TIMES = {"cds_snc_blog": 3, "privacyguides": 3, "canada_ca_blog_design": 3, "african_storybook": 3,
         "opensource_guide": 3, "mozilla_org_lang": 2, "monero_site": 2, "mozilla_legal": 2}  # fmt: skip
AUTHORED_TIMES = 6
NAME_SOURCES = ("authored", "tatoeba", "cds", "debian", "african", "privacy")
LONG = 400
SKIP = {"dev", "all", "balanced"}


def read(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [line for line in file if line.count("\t") == 1]


def shared_names(line: str) -> list[str]:
    """Capitalised words inside the English sentence that the French has too."""
    en, fr = line.rstrip("\n").split("\t")
    return sorted(set(re.findall(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b", en)) & set(re.findall(r"\b[A-Z][a-z]{2,}\b", fr)))


def swapped(line: str, pool: list[str], rng: random.Random) -> str:
    for name in shared_names(line):
        if rng.random() < 0.7:
            new = rng.choice(pool)
            if rng.random() < 0.5:
                other = rng.choice(pool)
                new = new[: max(2, len(new) // 2)] + other[len(other) // 2 :]
            line = re.sub(rf"\b{name}\b", new, line)
    return line


def main() -> None:
    rng = random.Random(5)
    folder = Path(os.environ.get("MTQC_SHARED", Path(__file__).resolve().parents[2] / "shared")) / "train"
    held = {side for line in read(folder / "dev.tsv.gz") for side in line.rstrip("\n").split("\t")}
    files = {p.name.removesuffix(".tsv.gz"): p for p in sorted(folder.glob("*.tsv.gz"))}
    texts = {
        name: [x for x in read(path) if not held & set(x.rstrip("\n").split("\t"))]
        for name, path in files.items()
        if name not in SKIP
    }
    pool = sorted({n for k, v in texts.items() if k.startswith(NAME_SOURCES) for x in v for n in shared_names(x)})
    mix: list[str] = []
    for name, lines in texts.items():
        if name in CAPS:
            kept = [x for x in lines if len(x) < LONG or name not in {"canada_laws", "bible_pd"}]
            rng.shuffle(kept)
            mix += kept[: CAPS[name]]
        elif name.startswith("authored"):
            for _ in range(AUTHORED_TIMES):
                mix += lines
                mix += [swapped(x, pool, rng) for x in lines]
        else:
            mix += lines * TIMES.get(name, 1)
    rng.shuffle(mix)
    with gzip.open(sys.argv[1], "wt", encoding="utf-8", compresslevel=3) as file:
        file.writelines(mix)
    print(f"{len(mix)} pairs, {len(pool)} names")


if __name__ == "__main__":
    main()
