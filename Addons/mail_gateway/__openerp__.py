# The order within the lists matters: files refer to records of files before them.
{
    'name': 'Email Gateway System',
    'version': '1.0',
    'category': 'Generic Modules/Mail Service',
    'author': 'Apus',
    'license': 'AGPL-3',
    'description': """
Messages on records of any model: e-mails that went out or came in, notes, and
what happened to a record and when. A partner's form shows the e-mails that
concern it.
""",
    'depends': ['base'],
    'update_xml': [
        'security/ir.model.access.csv',
        'views/messages.xml',
        'views/threads.xml',
        'views/partners.xml',
    ],
    'installable': True,
}
