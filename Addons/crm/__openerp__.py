# The order within the lists matters: files refer to records of files before them.
{
    'name': 'Customer & Supplier Relationship Management',
    'version': '1.0',
    'category': 'Generic Modules/CRM & SRM',
    'author': 'Apus',
    'license': 'AGPL-3',
    'description': """
Leads and opportunities go through the stages of a sales team, each with its
responsible, its history and its priority. Cases, as OpenERP 5.0 knew them,
stand beside them: anything somebody has to look after, in sections that hand
up what they cannot solve.
""",
    'depends': ['base', 'process', 'mail_gateway', 'base_calendar', 'resource', 'board'],
    'init_xml': [
        'data/teams.xml',
        'data/categories.xml',
        'data/request_links.xml',
        'data/notes.xml',
        'data/moods_and_events.xml',
    ],
    'update_xml': [
        'data/model_names.xml',
        'security/groups.xml',
        'security/ir.model.access.csv',
        'security/record_rules.xml',
        'views/menus.xml',
        'views/teams.xml',
        'views/stages.xml',
        'views/categories.xml',
        'views/campaigns.xml',
        'views/leads.xml',
        'views/opportunities.xml',
        'views/phone_calls.xml',
        'views/meetings.xml',
        'views/reports.xml',
        'views/dashboards.xml',
        'views/cases.xml',
        'views/case_history.xml',
        'views/moods_and_events.xml',
        'views/partners.xml',
        'views/users.xml',
    ],
    'demo_xml': [
        'demo/users.xml',
        'demo/leads.xml',
        'demo/opportunities.xml',
        'demo/phone_calls.xml',
        'demo/meetings.xml',
        'demo/cases.xml',
    ],
    'installable': True,
}
