# The order within the lists matters: files refer to records of files before them.
{
    'name': 'Basic Calendar Functionality',
    'version': '1.0',
    'category': 'Generic Modules/Others',
    'author': 'Apus',
    'license': 'AGPL-3',
    'description': """
Events with a beginning and an end, which may recur by a rule; people who are
invited to them and answer; alarms that remind of them. Other addons make their
own kinds of events of these.
""",
    'depends': ['base'],
    'init_xml': [
        'data/alarms.xml',
        'data/request_links.xml',
    ],
    'update_xml': [
        'security/ir.model.access.csv',
        'views/menus.xml',
        'views/alarms.xml',
        'views/attendees.xml',
        'views/wizards.xml',
        'views/events.xml',
        'data/scheduler.xml',
    ],
    'installable': True,
}
