#!/usr/bin/env python3
"""Checks that each target imports only what the table of targets allows, so that the road stays one-way.

The table is the architecture's; a change of it is a change of the picture first.
"""
import pathlib
import re
import sys

ENGINE = {
    "Values": "",
    "SQL": "Values",
    "Compression": "CZlib",
    "PythonExpression": "Values",
    "XMLTree": "CLibXML2",
    "ViewArchitecture": "XMLTree Values",
    "XMLRPC": "Values CLibXML2",
    "PostgreSQL": "SQL Values CLibPQ",
    "Domain": "SQL Values",
    "ORM": "Values PythonExpression Domain SQL PostgreSQL",
    "AddonLoader": "ORM XMLTree PythonExpression PostgreSQL SQL Values Compression",
    "Workflow": "ORM PythonExpression PostgreSQL SQL Values",
    "Services": "AddonLoader Domain ORM PostgreSQL SQL Values",
    "Transports": "Services XMLRPC Values Compression",
}
ADDONS = {
    "BaseAddon": ("base", "ORM ViewArchitecture Workflow Domain PostgreSQL SQL Values"),
    "BaseSetupAddon": ("base_setup", "ORM Domain PostgreSQL SQL Values BaseAddon"),
    "MailGatewayAddon": ("mail_gateway", "ORM Domain PostgreSQL SQL Values BaseAddon"),
    "BaseCalendarAddon": ("base_calendar", "ORM Domain PostgreSQL SQL Values BaseAddon"),
    "ProcessAddon": ("process", "ORM Domain PostgreSQL SQL Values BaseAddon"),
    "ResourceAddon": ("resource", "ORM Domain PostgreSQL SQL Values BaseAddon ProcessAddon"),
    "BoardAddon": ("board", "ORM Domain PostgreSQL SQL Values BaseAddon"),
    "CRMAddon": ("crm", "ORM Domain PostgreSQL SQL Values BaseAddon MailGatewayAddon"),
}
# Targets that must build fast and stay free of Foundation: they lie on the hot path.
WITHOUT_FOUNDATION = {"Values", "SQL", "XMLRPC", "PostgreSQL", "Domain"}
IMPORT = re.compile(r"^\s*(?:@\w+\s+)*(?:public|package|internal|fileprivate|private)?\s*import\s+(?:\w+\s+)?(\w+)", re.M)


def main():
    ours = set(ENGINE) | set(ADDONS) | {"CLibXML2", "CLibPQ", "CZlib", "CMalloc", "apus", "TestSupport"}
    places = {name: (f"Sources/{name}", allowed) for name, allowed in ENGINE.items()}
    places |= {name: (f"Addons/{folder}/models", allowed) for name, (folder, allowed) in ADDONS.items()}
    mistakes = []
    for name, (folder, allowed) in places.items():
        files = sorted(pathlib.Path(folder).rglob("*.swift"))
        if not files:
            mistakes.append(f"{folder}: there are no Swift files")
        for file in files:
            for module in IMPORT.findall(file.read_text()):
                if module in ours and module not in allowed.split():
                    mistakes.append(f"{file}: {name} may not import {module}")
                if module == "Foundation" and name in WITHOUT_FOUNDATION:
                    mistakes.append(f"{file}: {name} does without Foundation")
    print("\n".join(mistakes) or f"{len(places)} targets keep to the table of imports", file=sys.stderr)
    return 1 if mistakes else 0


sys.exit(main())
