/** Names of places, peoples and persons: common in text, and close to many a short name. */
export const properNouns = `
aaron abbot abraham abu accra adam adelaide adrian afghan afghanistan african agnes alabama aladdin alan alaska
albania albanian albany albert alberto alex alexander alexandra alfonso alfred algeria algerian algiers alice alicia
allan allen amanda amber amelia american amman amos amsterdam amy anchorage andrea andrew angela angola anita ankara
ann anna anne annie antarctica anthony antonio apollo arab arabia arabian arabic argentina arizona arkansas
arlington armenia armenian arnold arthur ashley asia asian asuncion athena athens atlanta auckland augusta aurora
austin australian austria austrian aviv azerbaijan aztec baba babylon baghdad bahrain baku bangkok bangladesh
barbara barcelona barry basel batman bavaria beatrice beethoven beijing beirut belarus belgian belgium belgrade
bella belle ben bengal benjamin berlin bermuda bernard bert beth betty bihar billy blackburn blake bob bobby bogota
boise bolivia bombay boris bosnia boston brad bradley brandon brasilia brazil brazilian brenda brent brett brian
brisbane bristol british brooklyn bruce brussels bryan bucharest budapest buddha bulgaria bulgarian burma burton
byron cain cairo calcutta calgary california calvin cambodia cambridge cameron cameroon canadian canberra cancun
caracas cardiff caribbean carl carla carlos carmen carol caroline carolyn carrie carson casablanca catherine cecil
chang charles charleston charlotte charlottetown chengdu chennai cheryl cheshire chicago chile chilean chinese chris
christina christine christopher chuck cincinnati cinderella cindy claire clara clark claude clifford colin colombia
colombo colorado congo connie cooke copenhagen cordoba cornwall costa craig croatia croatian curtis cynthia cyprus
cyrus czech dakar dakota dale dallas damascus dana daniel danny dante dave davenport david deborah delaware delhi
della denis denmark dennis denver derek detroit devon dexter dhabi dhaka diana diane doha dominic don donald donna
doris dorothy doug douglas dracula dubai dublin dudley duncan durban dutch dylan ecuador eddie edgar edinburgh
edison edith edmonton edmund eduardo edward edwin egypt egyptian eileen einstein elaine eleanor elena eliza
elizabeth ella ellen elmer emerson emily emma eric erik ernest essex esther estonia ethan ethiopia eugene european
eva evans evelyn everett faust felipe felix fernando finland finnish flanders fletcher florence floyd frances
francis francisco frankenstein frankfurt franklin fred frederick frenchman fresno fritz gabriel gary gavin gaza gene
geneva geoffrey george georgia georgian gerald german ghana gibraltar gibson gilbert gina glasgow glen glenn gloria
goa godfather gordon graham greece greek greenland greenwood greg gregory guadalajara guangdong guangzhou guatemala
haiti halifax halloween hamburg hamlet hangzhou hank hannah hanoi harare harold harris harrison harry hartford
harvey hasan havana hawaii hawkins heath heather hector helen helena helsinki henry herbert hercules herman himalaya
hiroshima hitler hobart hoboken hollywood homer honduras honolulu houston houstonian howard hugh hughes hungarian
hungary hyderabad ian iceland ida illinois indian indiana indonesia indonesian ingrid iowa iran iranian iraq iraqi
irish isaac isabel islam islamic israel israeli istanbul italian ivan izmir jackson jacksonville jacob jakarta jake
jamaica james jamie jane janeiro janet janice japanese jason jay jean jeddah jeff jeffrey jennifer jenny jeremy
jerome jerry jerusalem jesse jessica jessie jesus jew jill jim jimmy joan joanna joe joel johann johannesburg john
johnny johnson jon jonathan jones jordan jose joseph joshua juan judith judy julia julian julie justin kampala
kansas karachi karen karl kate katherine kathleen kathmandu kathy katrina kazakhstan keith kelly kenneth kentucky
kenya kerala kerr kerry kevin kharkiv khartoum kiev kigali kim kinshasa kirk klaus kong korea korean kosovo kumar
kurt kuwait kyoto lagos lahore lambert lancashire lancaster lankan laos laramie larry latvia laura lauren lawrence
lebanese lebanon lee leeds leipzig lena lenin leo leon leonard leslie lewis libya lima lincoln linda lisa lithuania
liverpool liz lloyd lois london lorenzo lorraine louis louise louisiana lowell lua luanda lucas lucia lucy luis luke
luna lusaka luxembourg lynn lyon macau macedonia madeleine madras madrid maggie maine malay malaysia mali malik
malta manchester manhattan manila maputo mara marc marco marcus margaret maria marie marilyn mario marion marjorie
marlene marshall martha martin marvin marx mary maryland mason massachusetts mata matt matthew maureen maurice max
maxwell maya medellin mediterranean medusa megan melanie melbourne melissa memphis merlin mexican mexico miami
michael michelle michigan mickey miguel mike milan milano miles milwaukee ming minnesota minsk mississippi missouri
mitchell mogadishu mohammed mongolia monica montana monte monterrey montevideo montreal moore morgan morocco morris
morton moscow moses mozart muhammad mumbai munich murphy murray muscat muslim nagar nagoya nairobi nancy nanjing
naomi naples napoleon nashville natalie nathan neil nelson nepal netherlands nevada newark newcastle newton niagara
nicholas nick nicole nigel nigeria nigerian nina nora norfolk norman norton norway norwegian nottingham
nottinghamshire oakland obama odessa odin ohio oklahoma oliver olivia omaha ontario oregon orion osaka oscar osiris
oslo ottawa otto owen pablo pakistan pakistani palestine palestinian pamela panama pandora paris pasha patricia
patrick paul paula pauline pedro peggy pennsylvania perry persia persian perth peru peter phil philadelphia philip
philippine philippines phillip phyllis pia picasso pittsburgh plano pluto poland portland porto portugal portuguese
poseidon prague pretoria prussia prussian punjab putin pyongyang qatar quebec quebecois queensland quito rabat
rachel raleigh ralph ramon ramsey rana randy raymond rebecca regina reno reynolds ricardo richard rick ricky riga
rio riyadh robert roberto robinson rochester roger roland roman romania romanian rome romeo romero ronald rosa
rosario rosemary roy rudolf russell russian ruth ryan sacramento saigon salem sally salvador sam samantha samuel
sandra santa santiago santo sara sarah sarajevo saudi saul savannah schneider scots scott scottish sean seattle
sebastian seoul serbia serbian seth shakespeare shane shanghai shannon sharma sharon sheila shenzhen sheridan
sherlock sherry shirley siberia sicily sidney simon singapore skopje slovakia slovenia snyder socrates sofia somalia
sophia sophie spanish spencer spokane stalin stan stanley stark starr steele stefan stella stephanie stephen steve
steven stewart stockholm stuart sudan sue surrey susan sussex suzanne swede sweden swedish swiss switzerland sydney
sylvia syracuse syria syrian tacoma taiwan taiwanese tallinn tamara tamil tampa tanzania tara taylor tbilisi ted
tehran tennessee teresa terra terry texan texas thai thailand thelma theo theodore theresa thomas tianjin tibet
tibetan tiffany tijuana tim timothy tina tirana titanic todd tokyo tom tommy tony toronto tracy trevor tripoli troy
trump tucson tulsa tunis tunisia turin turk turkish tyler uganda ukraine ukrainian ulster umar uruguay utah valencia
valerie vanessa vatican vega venezuela venice vera vermont vernon veronica versa vicky victoria vienna vietnam
vietnamese vilnius vincent virginia vivian voltaire wagner wales wallace walter wanda warren warsaw washington wayne
webb wellington welsh wendy wesley wilfred william wilson winnipeg wisconsin wuhan yahoo yemen yerevan yorkshire
yvonne zachary zagreb zealand zeus zimbabwe zoe zurich
alma drucker erica lorenz loup rizzo
`;
