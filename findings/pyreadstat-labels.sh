#!/bin/sh
# pyreadstat 1.3.7 (tables for SPSS and Stata, as surveys of returnees are handed to evaluators): written as .sav, the label of a value is cut
# after 120 bytes, that is 60 Cyrillic letters, and that of a column after 256 bytes, without an error or a warning: two answers that begin
# alike become one and the same. A letter of two bytes counts double, so the same sentence fits in Latin and not in Cyrillic. The same labels
# written as .dta raise an error.
# Here: “… but is not enrolled” and “… and is enrolled” would reach the evaluation as the same answer.
# Instead: tables leave as CSV, XLSX and JSON with codes, and the words of the codes in a sheet of their own.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pyreadstat==1.3.7 pandas==3.0.3
"$place/venv/bin/python" - "$place" <<'EOF'
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

import pandas
import pyreadstat

warnings.simplefilter("error")
print("pyreadstat", version("pyreadstat"), "with pandas", version("pandas"))
begin = "Дете има сведочанство из иностранства које је преведено и оверено"
cyrillic = {1.0: begin + ", уписано је", 2.0: begin + ", није уписано"}
begin = "Dete ima svedočanstvo iz inostranstva koje je prevedeno i overeno"
latin = {1.0: begin + ", upisano je", 2.0: begin + ", nije upisano"}
frame = pandas.DataFrame({"school": [1.0, 2.0]})
back = {}
for name, labels in (("Cyrillic", cyrillic), ("Latin", latin)):
    file = str(Path(sys.argv[1]) / f"{name}.sav")
    pyreadstat.write_sav(frame, file, variable_value_labels={"school": labels})
    back[name] = pyreadstat.read_sav(file)[1].variable_value_labels["school"]
    print(name, [f"{len(labels[key])} letters -> {len(back[name][key])}" for key in labels], "equal now:", back[name][1.0] == back[name][2.0])
try:
    pyreadstat.write_dta(frame, str(Path(sys.argv[1]) / "x.dta"), column_labels=[cyrillic[1.0] + cyrillic[2.0]])
    stata = "written"
except pyreadstat.ReadstatError as error:
    stata = f"refused: {error}"
print("a long label in .dta:", stata)
if back["Cyrillic"][1.0] != back["Cyrillic"][2.0] or back["Latin"] != latin or stata == "written":
    sys.exit("CHANGED: labels are no longer cut as in November 2026.")
print("SEEN: two different answers in Cyrillic have the same label in the file.")
EOF
