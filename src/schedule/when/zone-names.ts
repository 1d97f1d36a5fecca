/**
 * Names that the IANA database uses today, by those that JavaScript engines list for them (Unicode CLDR keeps the
 * first name a zone ever had).
 */
export const modernNames: ReadonlyMap<string, string> = new Map([
  ['Africa/Asmera', 'Africa/Asmara'],
  ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['America/Catamarca', 'America/Argentina/Catamarca'],
  ['America/Coral_Harbour', 'America/Atikokan'],
  ['America/Cordoba', 'America/Argentina/Cordoba'],
  ['America/Godthab', 'America/Nuuk'],
  ['America/Indianapolis', 'America/Indiana/Indianapolis'],
  ['America/Jujuy', 'America/Argentina/Jujuy'],
  ['America/Louisville', 'America/Kentucky/Louisville'],
  ['America/Mendoza', 'America/Argentina/Mendoza'],
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['Asia/Katmandu', 'Asia/Kathmandu'],
  ['Asia/Rangoon', 'Asia/Yangon'],
  ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
  ['Atlantic/Faeroe', 'Atlantic/Faroe'],
  ['Europe/Kiev', 'Europe/Kyiv'],
  ['Pacific/Enderbury', 'Pacific/Kanton'],
  ['Pacific/Ponape', 'Pacific/Pohnpei'],
  ['Pacific/Truk', 'Pacific/Chuuk'],
]);

/** Large cities that no zone is called after, with the zone whose clocks they keep. */
export const otherCities: readonly (readonly [string, string])[] = [
  ['bangalore', 'Asia/Kolkata'],
  ['barcelona', 'Europe/Madrid'],
  ['beijing', 'Asia/Shanghai'],
  ['bengaluru', 'Asia/Kolkata'],
  ['boston', 'America/New_York'],
  ['canberra', 'Australia/Sydney'],
  ['cologne', 'Europe/Berlin'],
  ['delhi', 'Asia/Kolkata'],
  ['edinburgh', 'Europe/London'],
  ['frankfurt', 'Europe/Berlin'],
  ['geneva', 'Europe/Zurich'],
  ['hamburg', 'Europe/Berlin'],
  ['milan', 'Europe/Rome'],
  ['mumbai', 'Asia/Kolkata'],
  ['munich', 'Europe/Berlin'],
  ['new_delhi', 'Asia/Kolkata'],
  ['nyc', 'America/New_York'],
  ['ottawa', 'America/Toronto'],
  ['san_francisco', 'America/Los_Angeles'],
  ['seattle', 'America/Los_Angeles'],
  ['tel_aviv', 'Asia/Jerusalem'],
  ['washington_dc', 'America/New_York'],
];

const newYork = ['America/New_York'];
const chicago = ['America/Chicago'];
const losAngeles = ['America/Los_Angeles'];
const berlin = ['Europe/Berlin', 'Europe/Paris'];
const helsinki = ['Europe/Helsinki', 'Europe/Athens'];
const sydney = ['Australia/Sydney', 'Australia/Brisbane'];

/** Short names of clocks, and the zones that may be meant. They are no IANA names, or name clocks without summer time. */
export const abbreviations: ReadonlyMap<string, readonly string[]> = new Map([
  ['acdt', ['Australia/Adelaide']],
  ['acst', ['Australia/Adelaide', 'Australia/Darwin']],
  ['aedt', ['Australia/Sydney']],
  ['aest', sydney],
  ['akdt', ['America/Anchorage']],
  ['akst', ['America/Anchorage']],
  ['awst', ['Australia/Perth']],
  ['brt', ['America/Sao_Paulo']],
  ['bst', ['Europe/London', 'Asia/Dhaka']],
  ['cat', ['Africa/Maputo']],
  ['cdt', chicago],
  ['cest', berlin],
  ['cet', berlin],
  ['cst', ['America/Chicago', 'Asia/Shanghai']],
  ['cst6cdt', chicago],
  ['eat', ['Africa/Nairobi']],
  ['edt', newYork],
  ['eest', helsinki],
  ['eet', helsinki],
  ['est', ['America/New_York', 'America/Panama (no summer time)']],
  ['est5edt', newYork],
  ['hkt', ['Asia/Hong_Kong']],
  ['hst', ['Pacific/Honolulu']],
  ['irst', ['Asia/Tehran']],
  ['ist', ['Asia/Kolkata', 'Asia/Jerusalem', 'Europe/Dublin']],
  ['jst', ['Asia/Tokyo']],
  ['kst', ['Asia/Seoul']],
  ['mdt', ['America/Denver']],
  ['met', berlin],
  ['msk', ['Europe/Moscow']],
  ['mst', ['America/Denver', 'America/Phoenix (no summer time)']],
  ['mst7mdt', ['America/Denver']],
  ['nzdt', ['Pacific/Auckland']],
  ['nzst', ['Pacific/Auckland']],
  ['pdt', losAngeles],
  ['pht', ['Asia/Manila']],
  ['pkt', ['Asia/Karachi']],
  ['pst', ['America/Los_Angeles', 'Asia/Manila']],
  ['pst8pdt', losAngeles],
  ['sast', ['Africa/Johannesburg']],
  ['sgt', ['Asia/Singapore']],
  ['trt', ['Europe/Istanbul']],
  ['wat', ['Africa/Lagos']],
  ['west', ['Europe/Lisbon']],
  ['wet', ['Europe/Lisbon']],
]);
