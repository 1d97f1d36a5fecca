import type { Target } from './facts.ts';

/**
 * The galaxy of 360.net names countries, regions and sectors in Chinese. Only the words that occur there, and
 * their close kin; a longer text ("Pakistan and other South Asian states") is searched for them.
 */
const countryTable = `
中国 CN|印度尼西亚 ID|印度 IN|孟加拉 BD|澳大利亚 AU|马来西亚 MY|巴基斯坦 PK|叙利亚 SY|约旦 JO|土耳其 TR|韩国 KR|朝鲜 KP|美国 US|俄罗斯 RU|
哈萨克斯坦 KZ|厄瓜多尔 EC|西班牙 ES|哥伦比亚 CO|巴拿马 PA|伊朗 IR|巴勒斯坦 PS|以色列 IL|埃及 EG|丹麦 DK|罗马尼亚 RO|利比亚 LY|加拿大 CA|
日本 JP|乌克兰 UA|比利时 BE|斯里兰卡 LK|阿富汗 AF|伊拉克 IQ|英国 GB|乌兹别克斯坦 UZ|沙特阿拉伯 SA|意大利 IT|阿尔及利亚 DZ|越南 VN|泰国 TH|
菲律宾 PH|新加坡 SG|缅甸 MM|尼泊尔 NP|不丹 BT|蒙古 MN|德国 DE|法国 FR|波兰 PL|台湾 TW|香港 HK|阿联酋 AE|科威特 KW|黎巴嫩 LB|也门 YE
`;
const regionTable = `
中东 Middle East|朝鲜半岛 Korean Peninsula|欧洲 Europe|北约 NATO|东南亚 Southeast Asia|南亚 South Asia|南美 South America|北美 North America|
东欧 Eastern Europe|全球 Global|中亚 Central Asia|非洲 Africa|北非 North Africa|欧美 Europe|东亚 East Asia
`;
const sectorTable = `
媒体 Media|新闻 Media|通讯 Telecommunications|通信 Telecommunications|电信 Telecommunications|政府 Government|教育 Education|科研 Research|
科学研究 Research|信息技术 Information technology|信息 Information technology|外交 Diplomacy|驻外大使馆 Diplomacy|医疗 Healthcare|
制造 Manufacturing|金融 Finance|国防军工 Defense|国防 Defense|军事 Military|建筑 Construction|能源 Energy|服务业 Business services|工业 Industrial|
电力 Electric power|智库 Think tanks|社会组织 Civil society|外贸 Trade|航空航天 Aerospace|航天 Aerospace
`;

/** Country and region words that 360.net writes in its own abbreviations. */
export const countryWords: Readonly<Record<string, string>> = {
  kaz: 'Kazakhstan',
  southKorea: 'South Korea',
  korea: 'Korea',
  mideast: 'Middle East',
  namerica: 'North America',
  southeast: 'Southeast Asia',
};

const entries: readonly (readonly [string, Target])[] = [
  ...read(regionTable, (text): Target => ({ kind: 'region', text })),
  ...read(countryTable, (code): Target => ({ kind: 'country', country: code, text: code })),
  ...read(sectorTable, (text): Target => ({ kind: 'sector', text })),
].sort((a, b) => b[0].length - a[0].length);

/** True for a text with Chinese characters. */
export function isChinese(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}

/** Countries, regions or sectors that a short Chinese text names, longest words first; `text` of a country is its code. */
export function translateTargets(text: string): readonly Target[] {
  let rest = text.slice(0, 100);
  const found: Target[] = [];
  for (const [word, target] of entries) {
    if (!rest.includes(word)) continue;
    rest = rest.replaceAll(word, ' ');
    found.push(target);
  }
  return found;
}

function read(table: string, target: (text: string) => Target): readonly (readonly [string, Target])[] {
  return table
    .split(/[|\n]/)
    .filter((entry) => entry.trim() !== '')
    .map((entry) => {
      const blank = entry.indexOf(' ');
      return [entry.slice(0, blank), target(entry.slice(blank + 1))] as const;
    });
}
