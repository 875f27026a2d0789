# The order within the lists matters: files refer to records of files before them.
{
    'name': 'Dashboard main module',
    'version': '1.0',
    'category': 'Board/Base',
    'author': 'Apus',
    'description': """
Dashboards: windows that show several lists and graphs side by side, put
together by whoever needs them. Notes for everybody, and how busy people are.
""",
    'depends': ['base'],
    'update_xml': [
        'security/ir.model.access.csv',
        'views/menu_creation.xml',
        'views/notes.xml',
        'views/boards.xml',
        'views/administration.xml',
    ],
    'installable': True,
}
