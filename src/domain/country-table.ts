/**
 * ISO 3166-1 with the names that publishers use: alpha-2, alpha-3, the common English name, then other names
 * and demonyms. Facts of the standard (as of 2026) and of common use; `XK` for Kosovo is user-assigned.
 * One line a country, parts separated by `|`.
 */
export const countryTable = `
AD|AND|Andorra|Principality of Andorra|Andorran
AE|ARE|United Arab Emirates|UAE|U.A.E.|Emirates|Emirati
AF|AFG|Afghanistan|Islamic Republic of Afghanistan|Afghan
AG|ATG|Antigua and Barbuda|Antiguan
AI|AIA|Anguilla
AL|ALB|Albania|Albanian
AM|ARM|Armenia|Armenian
AO|AGO|Angola|Angolan
AQ|ATA|Antarctica
AR|ARG|Argentina|Argentine Republic|Argentine|Argentinian
AS|ASM|American Samoa
AT|AUT|Austria|Austrian
AU|AUS|Australia|Commonwealth of Australia|Australian
AW|ABW|Aruba
AX|ALA|Åland Islands|Aland
AZ|AZE|Azerbaijan|Azerbaijani
BA|BIH|Bosnia and Herzegovina|Bosnia|Bosnia & Herzegovina|Bosnian
BB|BRB|Barbados|Barbadian
BD|BGD|Bangladesh|Bangladeshi
BE|BEL|Belgium|Belgian
BF|BFA|Burkina Faso|Burkinabe
BG|BGR|Bulgaria|Bulgarian
BH|BHR|Bahrain|Bahraini
BI|BDI|Burundi|Burundian
BJ|BEN|Benin|Beninese
BL|BLM|Saint Barthélemy|St. Barthelemy
BM|BMU|Bermuda
BN|BRN|Brunei|Brunei Darussalam|Bruneian
BO|BOL|Bolivia|Plurinational State of Bolivia|Bolivian
BQ|BES|Caribbean Netherlands|Bonaire, Sint Eustatius and Saba|Bonaire, Saint Eustatius and Saba|Bonaire
BR|BRA|Brazil|Brasil|Federative Republic of Brazil|Brazilian
BS|BHS|Bahamas|Bahamian
BT|BTN|Bhutan|Bhutanese
BV|BVT|Bouvet Island
BW|BWA|Botswana
BY|BLR|Belarus|Byelorussia|Belorussia|Belarusian|Belarussian
BZ|BLZ|Belize|Belizean
CA|CAN|Canada|Canadian
CC|CCK|Cocos (Keeling) Islands|Cocos Islands
CD|COD|DR Congo|Democratic Republic of the Congo|Democratic Republic of Congo|Congo (Democratic Republic of the)|Congo, the Democratic Republic of the|DRC|Zaire|Congo-Kinshasa
CF|CAF|Central African Republic
CG|COG|Congo|Republic of the Congo|Congo-Brazzaville|Congolese
CH|CHE|Switzerland|Swiss Confederation|Swiss
CI|CIV|Ivory Coast|Côte d'Ivoire|Ivorian
CK|COK|Cook Islands
CL|CHL|Chile|Chilean
CM|CMR|Cameroon|Cameroonian
CN|CHN|China|People's Republic of China|PRC|P.R.C.|PR China|Mainland China|Chinese
CO|COL|Colombia|Columbia (country)|Colombian
CR|CRI|Costa Rica|Costa Rican
CU|CUB|Cuba|Cuban
CV|CPV|Cabo Verde|Cape Verde
CW|CUW|Curaçao
CX|CXR|Christmas Island
CY|CYP|Cyprus|Cypriot
CZ|CZE|Czechia|Czech Republic|Czech
DE|DEU|Germany|Federal Republic of Germany|Deutschland|German
DJ|DJI|Djibouti|Djiboutian
DK|DNK|Denmark|Danish
DM|DMA|Dominica
DO|DOM|Dominican Republic
DZ|DZA|Algeria|Algerian
EC|ECU|Ecuador|Ecuadorian
EE|EST|Estonia|Estonian
EG|EGY|Egypt|Arab Republic of Egypt|Egyptian
EH|ESH|Western Sahara|Sahrawi
ER|ERI|Eritrea|Eritrean
ES|ESP|Spain|España|Spanish
ET|ETH|Ethiopia|Ethiopian
FI|FIN|Finland|Finnish
FJ|FJI|Fiji|Fijian
FK|FLK|Falkland Islands|Falkland Islands (Malvinas)|Malvinas
FM|FSM|Micronesia|Federated States of Micronesia
FO|FRO|Faroe Islands|Faroese
FR|FRA|France|French Republic|French
GA|GAB|Gabon|Gabonese
GB|GBR|United Kingdom|UK|U.K.|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|United Kingdom of Great Britain and Northern Ireland|British|English
GD|GRD|Grenada|Grenadian
GE|GEO|Georgia|Georgian
GF|GUF|French Guiana
GG|GGY|Guernsey
GH|GHA|Ghana|Ghanaian
GI|GIB|Gibraltar
GL|GRL|Greenland
GM|GMB|Gambia|Gambian
GN|GIN|Guinea|Guinean
GP|GLP|Guadeloupe
GQ|GNQ|Equatorial Guinea
GR|GRC|Greece|Hellenic Republic|Greek
GS|SGS|South Georgia and the South Sandwich Islands
GT|GTM|Guatemala|Guatemalan
GU|GUM|Guam
GW|GNB|Guinea-Bissau
GY|GUY|Guyana|Guyanese
HK|HKG|Hong Kong|Hong Kong SAR|Hongkong|Hong Kong, China
HM|HMD|Heard Island and McDonald Islands
HN|HND|Honduras|Honduran
HR|HRV|Croatia|Croatian
HT|HTI|Haiti|Haitian
HU|HUN|Hungary|Hungarian
ID|IDN|Indonesia|Indonesian
IE|IRL|Ireland|Éire|Irish
IL|ISR|Israel|State of Israel|Israeli
IM|IMN|Isle of Man|Manx
IN|IND|India|Republic of India|Indian
IO|IOT|British Indian Ocean Territory
IQ|IRQ|Iraq|Iraqi
IR|IRN|Iran|Islamic Republic of Iran|I.R. Iran|Persia|Iranian|Persian
IS|ISL|Iceland|Icelandic
IT|ITA|Italy|Italian
JE|JEY|Jersey
JM|JAM|Jamaica|Jamaican
JO|JOR|Jordan|Hashemite Kingdom of Jordan|Jordanian
JP|JPN|Japan|Japanese
KE|KEN|Kenya|Kenyan
KG|KGZ|Kyrgyzstan|Kyrgyz Republic|Kyrgyz|Kirghizia
KH|KHM|Cambodia|Kampuchea|Cambodian|Khmer
KI|KIR|Kiribati
KM|COM|Comoros|Comorian
KN|KNA|Saint Kitts and Nevis|St. Kitts and Nevis
KP|PRK|North Korea|DPRK|D.P.R.K.|Democratic People's Republic of Korea|Korea (Democratic People's Republic of)|Korea, Democratic People's Republic of|Korea, North|North-Korea|North Korean|NKorea
KR|KOR|South Korea|Republic of Korea|Korea (Republic of)|Korea, Republic of|Korea, South|ROK|South-Korea|South Korean|SKorea
KW|KWT|Kuwait|Kuwaiti
KY|CYM|Cayman Islands
KZ|KAZ|Kazakhstan|Kazakh|Kazakhstani
LA|LAO|Laos|Lao People's Democratic Republic|Lao PDR|Laotian
LB|LBN|Lebanon|Lebonon|Lebanese
LC|LCA|Saint Lucia|St. Lucia
LI|LIE|Liechtenstein
LK|LKA|Sri Lanka|Ceylon|Sri Lankan
LR|LBR|Liberia|Liberian
LS|LSO|Lesotho
LT|LTU|Lithuania|Lithuanian
LU|LUX|Luxembourg|Luxemburg|Luxembourgish
LV|LVA|Latvia|Latvian
LY|LBY|Libya|Libyan Arab Jamahiriya|Libyan
MA|MAR|Morocco|Moroccan
MC|MCO|Monaco|Monegasque
MD|MDA|Moldova|Republic of Moldova|Moldovan
ME|MNE|Montenegro|Montenegrin
MF|MAF|Saint Martin (French part)|Saint Martin|St. Martin
MG|MDG|Madagascar|Malagasy
MH|MHL|Marshall Islands|Marshallese
MK|MKD|North Macedonia|Macedonia|FYROM|Macedonia (the former Yugoslav Republic of)|Macedonian
ML|MLI|Mali|Malian
MM|MMR|Myanmar|Burma|Myanmar (Burma)|Burmese
MN|MNG|Mongolia|Mongolian
MO|MAC|Macao|Macau|Macao SAR|Macau SAR
MP|MNP|Northern Mariana Islands
MQ|MTQ|Martinique
MR|MRT|Mauritania|Mauritanian
MS|MSR|Montserrat
MT|MLT|Malta|Maltese
MU|MUS|Mauritius|Mauritian
MV|MDV|Maldives|Maldivian
MW|MWI|Malawi|Malawian
MX|MEX|Mexico|México|United Mexican States|Mexican
MY|MYS|Malaysia|Malaysian
MZ|MOZ|Mozambique|Mozambican
NA|NAM|Namibia|Namibian
NC|NCL|New Caledonia
NE|NER|Niger|Nigerien
NF|NFK|Norfolk Island
NG|NGA|Nigeria|Nigerian
NI|NIC|Nicaragua|Nicaraguan
NL|NLD|Netherlands|Holland|The Netherlands|Kingdom of the Netherlands|Dutch
NO|NOR|Norway|Norwegian
NP|NPL|Nepal|Nepalese|Nepali
NR|NRU|Nauru
NU|NIU|Niue
NZ|NZL|New Zealand|Aotearoa|New Zealander
OM|OMN|Oman|Sultanate of Oman|Omani
PA|PAN|Panama|Panamanian
PE|PER|Peru|Peruvian
PF|PYF|French Polynesia
PG|PNG|Papua New Guinea|Papuan
PH|PHL|Philippines|Republic of the Philippines|Filipino|Philippine
PK|PAK|Pakistan|Pakistani
PL|POL|Poland|Polish
PM|SPM|Saint Pierre and Miquelon
PN|PCN|Pitcairn Islands|Pitcairn
PR|PRI|Puerto Rico|Puerto Rican
PS|PSE|Palestine|State of Palestine|Palestine, State of|Palestinian Territory|Palestinian Territories|Palestinian Authority|Palestinian Territory, Occupied|Occupied Palestinian Territory|Gaza|Gaza Strip|West Bank|Palestinian
PT|PRT|Portugal|Portuguese
PW|PLW|Palau
PY|PRY|Paraguay|Paraguayan
QA|QAT|Qatar|Qatari
RE|REU|Réunion
RO|ROU|Romania|Rumania|Romanian
RS|SRB|Serbia|Serbian
RU|RUS|Russia|Russian Federation|Russian|Soviet Union|USSR
RW|RWA|Rwanda|Rwandan
SA|SAU|Saudi Arabia|Kingdom of Saudi Arabia|KSA|Saudi|Saudi Arabian
SB|SLB|Solomon Islands
SC|SYC|Seychelles
SD|SDN|Sudan|Sudanese
SE|SWE|Sweden|Swedish
SG|SGP|Singapore|Singaporean
SH|SHN|Saint Helena|St. Helena|Saint Helena, Ascension and Tristan da Cunha
SI|SVN|Slovenia|Slovenian|Slovene
SJ|SJM|Svalbard and Jan Mayen|Svalbard
SK|SVK|Slovakia|Slovak Republic|Slovak|Slovakian
SL|SLE|Sierra Leone|Sierra Leonean
SM|SMR|San Marino
SN|SEN|Senegal|Senegalese
SO|SOM|Somalia|Somali
SR|SUR|Suriname|Surinamese
SS|SSD|South Sudan|South Sudanese
ST|STP|São Tomé and Príncipe
SV|SLV|El Salvador|Salvadoran
SX|SXM|Sint Maarten|Sint Maarten (Dutch part)
SY|SYR|Syria|Syrian Arab Republic|Syrian
SZ|SWZ|Eswatini|Swaziland
TC|TCA|Turks and Caicos Islands
TD|TCD|Chad|Chadian
TF|ATF|French Southern Territories
TG|TGO|Togo|Togolese
TH|THA|Thailand|Thai
TJ|TJK|Tajikistan|Tajik
TK|TKL|Tokelau
TL|TLS|Timor-Leste|East Timor|Timorese
TM|TKM|Turkmenistan|Turkmen
TN|TUN|Tunisia|Tunisian
TO|TON|Tonga|Tongan
TR|TUR|Turkey|Türkiye|Republic of Türkiye|Turkiye|Turkish
TT|TTO|Trinidad and Tobago|Trinidadian
TV|TUV|Tuvalu
TW|TWN|Taiwan|Taiwan, Province of China|Republic of China|Chinese Taipei|Taiwan, China|Taiwanese
TZ|TZA|Tanzania|United Republic of Tanzania|Tanzania, United Republic of|Tanzanian
UA|UKR|Ukraine|Ukrainian
UG|UGA|Uganda|Ugandan
UM|UMI|U.S. Minor Outlying Islands|United States Minor Outlying Islands
US|USA|United States|United States of America|U.S.|U.S.A.|America|The States|American
UY|URY|Uruguay|Uruguayan
UZ|UZB|Uzbekistan|Uzbek|Uzbekistani
VA|VAT|Vatican City|Vatican|Holy See
VC|VCT|Saint Vincent and the Grenadines
VE|VEN|Venezuela|Bolivarian Republic of Venezuela|Venezuelan
VG|VGB|British Virgin Islands|Virgin Islands (British)
VI|VIR|U.S. Virgin Islands|Virgin Islands (U.S.)
VN|VNM|Vietnam|Viet Nam|Socialist Republic of Vietnam|Vietnamese
VU|VUT|Vanuatu
WF|WLF|Wallis and Futuna
WS|WSM|Samoa|Samoan
XK|XKX|Kosovo|Kosovar
YE|YEM|Yemen|Yemeni
YT|MYT|Mayotte
ZA|ZAF|South Africa|South African
ZM|ZMB|Zambia|Zambian
ZW|ZWE|Zimbabwe|Zimbabwean
`;
