# The order within the lists matters: files refer to records of files before them.
{
    'name': 'Resource',
    'version': '1.1',
    'category': 'Generic Modules/Others',
    'author': 'Apus',
    'description': """
Working calendars: at which hours of the week people and machines work, when
they are away, and when so many hours of work will be done.
""",
    'depends': ['process'],
    'init_xml': ['data/working_time.xml'],
    'update_xml': [
        'security/ir.model.access.csv',
        'views/calendars.xml',
        'views/resources.xml',
    ],
    'installable': True,
}
