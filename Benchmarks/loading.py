"""Writes addons of many records, and times their installation and upgrade beside those of an addon without any."""
import pathlib
import subprocess
import sys
import time

PROGRAM, FOLDER, COUNT = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
ADDONS = FOLDER / "addons"


def write(addon, name, text):
    folder = ADDONS / addon
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "__openerp__.py").write_text(f"{{'name': '{addon}', 'depends': ['base'], 'data': ['{name}']}}")
    (folder / name).write_text(text)


def xml(turn):
    records = "\n".join(
        f'<record id="c{n}" model="res.partner.category"><field name="name">Category {n} {turn}</field>'
        f'<field name="active" eval="True"/></record>'
        for n in range(COUNT)
    )
    return f"<openerp><data>\n{records}\n</data></openerp>"


def csv(turn):
    return "id,name,active\n" + "".join(f"c{n},Category {n} {turn},1\n" for n in range(COUNT))


def seconds(*arguments):
    began = time.monotonic()
    subprocess.run(
        [PROGRAM, *arguments, "--data", FOLDER / "loading", "--addons-path", ADDONS],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    return time.monotonic() - began


def main():
    kinds = {"empty": ("f.xml", lambda turn: "<openerp/>"), "in_xml": ("f.xml", xml),
             "in_csv": ("res.partner.category.csv", csv)}
    for addon, (name, text) in kinds.items():
        write(addon, name, text(1))
    seconds("database", "create", "loading", "--password", "admin")
    base = {}
    for addon, (name, text) in kinds.items():
        for verb in ("install", "upgrade"):
            write(addon, name, text(1 if verb == "install" else 2))
            took = seconds("addon", verb, addon, "--database", "loading")
            base.setdefault(verb, took)
            if addon != "empty":
                rate = COUNT / max(took - base[verb], 0.001)
                print(f"{verb} {addon}: {took:.2f} s, {rate:,.0f} records a second beyond an empty addon's {base[verb]:.2f} s")


main()
