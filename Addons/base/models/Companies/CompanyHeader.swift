/// The page headers a new company starts with, as RML (contract/reports.md §6).
enum CompanyHeader {
    private static let address = "company.partner_id.address and company.partner_id.address[0]"

    /// For documents that leave the house: logo and slogan, the company's address, footers with the page's number.
    static let external = """
        <header>
          <pageTemplate>
            <frame id="first" x1="1.3cm" y1="2.5cm" width="19.0cm" height="23.0cm"/>
            <pageGraphics>
              <image x="1.3cm" y="27.6cm" height="40.0">[[ company.logo or removeParentNode('image') ]]</image>
              <fill color="black"/>
              <stroke color="black"/>
              <lines>1.3cm 27.7cm 20cm 27.7cm</lines>
              <setFont name="DejaVu Sans" size="8"/>
              <drawRightString x="20cm" y="27.8cm">[[ company.rml_header1 or '' ]]</drawRightString>
              <drawString x="1.3cm" y="27.2cm">[[ company.partner_id.name ]]</drawString>
              <drawString x="1.3cm" y="26.8cm">[[ \(address).street or '' ]]</drawString>
              <drawString x="1.3cm" y="26.4cm">[[ \(address).zip or '' ]] [[ \(address).city or '' ]] - \
        [[ \(address).country_id and \(address).country_id.name or '' ]]</drawString>
              <drawString x="1.3cm" y="26.0cm">Phone:</drawString>
              <drawRightString x="7cm" y="26.0cm">[[ \(address).phone or '' ]]</drawRightString>
              <drawString x="1.3cm" y="25.6cm">Mail:</drawString>
              <drawRightString x="7cm" y="25.6cm">[[ \(address).email or '' ]]</drawRightString>
              <lines>1.3cm 25.5cm 7cm 25.5cm</lines>
              <lines>1.2cm 2.15cm 19.9cm 2.15cm</lines>
              <drawCentredString x="10.5cm" y="1.7cm">[[ company.rml_footer1 or '' ]]</drawCentredString>
              <drawCentredString x="10.5cm" y="1.25cm">[[ company.rml_footer2 or '' ]]</drawCentredString>
              <drawCentredString x="10.5cm" y="0.8cm">Contact : [[ user.name ]] - Page: <pageNumber/></drawCentredString>
            </pageGraphics>
          </pageTemplate>
        </header>
        """

    /// For papers that stay in the house.
    static let portrait = """
        <header>
          <pageTemplate>
            <frame id="first" x1="28.0" y1="28.0" width="539" height="772"/>
            <pageGraphics>
              <fill color="black"/>
              <stroke color="black"/>
              <setFont name="DejaVu Sans" size="8"/>
              <drawString x="1.0cm" y="28.3cm">[[ formatLang(time.strftime("%Y-%m-%d"), date=True) ]] \
        [[ time.strftime("%H:%M") ]]</drawString>
              <setFont name="DejaVu Sans Bold" size="10"/>
              <drawString x="9.3cm" y="28.3cm">[[ company.partner_id.name ]]</drawString>
              <lines>1.0cm 28.1cm 20.1cm 28.1cm</lines>
            </pageGraphics>
          </pageTemplate>
        </header>
        """

    /// The same across the page.
    static let landscape = """
        <header>
          <pageTemplate>
            <frame id="first" x1="28.0" y1="28.0" width="786" height="525"/>
            <pageGraphics>
              <fill color="black"/>
              <stroke color="black"/>
              <setFont name="DejaVu Sans" size="8"/>
              <drawString x="25" y="555">[[ formatLang(time.strftime("%Y-%m-%d"), date=True) ]] \
        [[ time.strftime("%H:%M") ]]</drawString>
              <setFont name="DejaVu Sans Bold" size="10"/>
              <drawString x="382" y="555">[[ company.partner_id.name ]]</drawString>
              <lines>25 550 818 550</lines>
            </pageGraphics>
          </pageTemplate>
        </header>
        """
}
