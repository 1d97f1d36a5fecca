/** Organisations by their uuid in the MISP galaxy `producer`, version 26 (CC0 1.0). Facts only. */
export const producerTable = `
00ea3f88-76df-4e4d-be57-45366342d6da NetSec
0904b30c-a86b-402b-9a14-87bbc44648aa Broadcom Blog
09df8283-3682-46a3-9eee-fa76f38db414 PolySwarm
0a93886e-a0e8-4972-991d-9935bf6c1565 Avast
0adf6f0f-3795-4de1-9763-1bdd1c31a5d7 Cisco Talos Intelligence Group
0d4886f9-97e1-4cb2-8822-580fd09540e5 Kaspersky
101ca178-12c8-4488-b234-93f263e30b1a Censys
11387b41-3ed0-4f5e-b9b9-2fae3bebfa1a ASEC
128e5c20-7e63-4e57-80fc-65c92f67c1ca RansomLook
1418e004-39e7-462f-89fd-1d2af30458a2 Perception Point
1427d7df-a9b8-4809-afe0-1180cfdd930d Zscaler
147e3c8b-4207-4365-b1bc-a4732908bd00 Security Boulevard
152e577b-50a9-4df6-b076-53ebbbd7bb7b Trustwave
17fec4c4-3822-4198-9735-cee04aa51305 Networksdb.io
1a05557a-35a5-40ef-95cc-38ae4c0e6d60 TeleSec
1ab184aa-e729-4819-a61f-8d2c303941fc Lumen
1c141c9b-ec78-4f86-a8ea-b02944fa5492 Bitdefender
1e98d9ac-0ef1-4046-bf9f-7c905a56ba90 Bitsight
1ff4b82b-0b4a-4c53-b05b-f83b4da508eb SonicWall
21afba9e-cd2a-45c9-b421-b1f14fd181e9 Group-IB
23890f87-3fd5-43a0-b94b-49ed86fc90a0 ransom-isac
2824fb33-6e6f-43b1-9fd9-6ac92ab8e266 Nextron Systems
28bceaef-f6ab-418b-ac5b-7e4089a808b5 Qihoo 360
2aeec940-ae33-430f-837d-167a5a63e448 Forcepoint
2b69f676-c875-4000-8350-5f162e69d908 G DATA
306bc923-3200-47e3-ade9-50ffc41f668c Intel471
30c1627d-b522-47a9-8895-e009ca1a9fd2 Kandji Blog
30d19642-973e-4573-9471-20d5021f2b0c Picus Security
3176f708-da5b-4c41-926b-0a94ebeb0e3b Trellix
3796fca4-83d1-4af3-9908-be0ddff21848 Datadog
37ebf9d7-5e9a-466f-a42c-6e60313db868 Socket
38847e35-166f-4025-a4bb-3e543058e353 AhnLab
3a43aca5-6366-4168-b182-a8afec4550b5 ESET
3ac8f6fc-9c04-4ebd-bda2-788cc02fe4ed Trend Micro
3ad57940-e5ff-442d-8334-483e86d13176 EclecticIQ
3caca164-4600-42a2-b2f0-7a552a66e7b6 JPCERT
3f79697b-63d8-4c86-aabf-84df1f03c43d DomainIQ
40982921-1991-4b56-9bcf-794a64b51645 Rewterz
4155eec3-fae2-4e80-a9a6-89b0f976851a Telindus
43e3e0a8-a12d-450a-8f2d-94915123549c Cyble
455b9e40-e8dd-443b-87b3-c70bd09b4231 Sophos
46c20519-d1ca-4714-9a7d-c4949243dc38 BlueTeamSec
487d8f34-37fa-42de-8afe-45fb771d2e77 SANS Internet Storm Center (ISC)
4ace5901-f3d2-434e-bb4f-6892d9c3f765 Infoblox
4b941586-c843-4677-b446-cfb5df3243a4 eSentire
4c94ea8e-6bbd-4638-b7ba-34354cfa2281 Fox-IT
4e7c737a-4912-488a-8571-1f9226ebad05 Feedly
53264fd1-a012-4652-bc1b-bd576d6f48bb Cado Security
542f8890-128b-42ca-97f9-8fe2af7ab783 Arctic
58958484-3b8d-42c1-85af-b39a9df9496f Meta
58d7efca-402a-4b36-9178-dc14e52f12e5 Elastic
59774d9f-8578-48d5-9c7a-2fc79b7217e4 Sucuri
598308b3-5475-48c6-9a2c-676fe1d2c6fb Google Cloud Blog
5995d7ae-72b5-45b1-95a5-21835ac280b6 Embee Research
602a013f-db0e-4974-85b8-886b70865d24 TG Soft
62e24285-103e-404e-b070-8b7fe59f5767 Tencent
641ee81f-4899-412c-b54a-9152c1bed6ac CloudSEK
6687699c-3eb0-4ab6-b4a0-a4ac4b8bbc56 Farghlymal Blog
679214bc-88d3-4c1d-a6bd-41f98ee97be3 Qualys
68ece781-df17-40f2-ad47-24383df71d73 HarfangLab
6c9ef130-7cf6-4eeb-9e65-46228fc5e30c Sekoia
71085079-19c6-4943-94de-7d66348a8cab VirusTotal
73ae2776-3700-4120-84ae-7e9785e6071b Excellium
7730e25a-1626-4858-bd1f-1f19fbd89b4a Morphisec
7a3b4c10-8e5c-4b62-97ad-f210d54c83ef NCC Group
7aa10919-06fd-46ec-88b8-e1cbf60f955c CISA
7acb73f9-83c8-4a1d-88e5-873bad8659fa Splunk
7c5ef04a-8077-4f62-aa35-b03e67f1816d Outpost24
7d60f955-f2b4-4cea-83da-8287c04e902a IBM X-Force
80e98e35-8430-45ed-a19d-262e6e7116d9 Juniper Networks Blogs
8545fbf3-a246-4938-96a9-85a24651ebde Acronis
88edc2d6-4230-46fa-b60b-5848021f4f3a Lab52
8a22c0b2-d05f-4142-ab74-ffdf38fe4758 Team Cymru
8da1318d-bbfe-4cdd-a2bc-d9f665f44960 AbuseIPDB
93de7f9d-670a-4a2d-9def-d683984459cc Medium
94e95ed2-e07a-464a-9d56-a03679b9717a BlackBerry Blog
960a2fb8-96c5-4675-b8bc-d8bdad3c73be Hunt.io
9859aa88-edc5-4887-9850-837a8bffee55 GreyNoise
993c6a36-b625-4a1f-8737-72ba5a197744 Domaintools
996c48de-7bb8-414d-b6fe-ec94abb5f461 SentinelOne
9ba056a4-b523-4870-b50c-6e9749e6f27f ReliaQuest
9bfc59a7-ab20-4ef0-8034-871956d4a9cc Huntress
9ceb85a0-8218-43a2-8067-02cd1136e826 Cybereason
9d804c53-f307-421c-9f4d-41061c7eee62 Cyfirma
9e299e26-8f0c-4c42-a8a7-245dcc9e809f Cofense
9f279581-5514-42cd-8011-05af9787ee37 RiskIQ
9f2ba728-8b29-48f9-badf-4f4cefb929f0 PwC
a0a87034-b8ff-4991-9ae1-e650a43292ef Cloudflare
a1ad5090-2487-46d2-8237-6151a2dd5063 MITRE
a3cce817-44df-4f61-bcfe-a2b52a86afd7 ANY.RUN
a7119872-bc6b-494b-9f7a-8c50faaf53a9 Secureworks
a9691984-44bf-46e9-98bb-dd9e94afc7e2 Zimperium
ac46bac7-e7b5-4efe-8f32-b79e9015ab86 Intezer
ac4e8d23-dd61-41a0-a151-8b9e63a679a7 Cyware
ad7032df-0e9a-4ea9-b35c-c68ff854be80 Recorded Future
ad99da77-986b-45bc-a7b0-c1887dd55b59 Spycloud
adb3369a-5683-46b2-bceb-4dafa6526b21 Check Point
adc57f66-9910-4500-a16b-311cd4f08409 Rapid7
aefbf8b0-b66f-4ddc-9803-60ac3f69b276 Hybrid Analysis
af60a8d8-3bee-47cc-9d6e-3d57bfc8153e Silent Push
b06fe596-eaa5-434a-88b8-5b21b1c8b60f CERT-UA
b7d0aad8-2ac0-4002-ac6f-9f298a782d65 GBHackers
b7fe4be1-5870-4f55-9f4e-54e717602453 Securonix
b8ca0932-c4cb-45c0-b7b1-88b9685ba24b McAfee Labs
bd1bc38b-2bcb-40ca-a7d7-43f67ac1ac76 Cybersecurity News
be3d8ada-45a2-43e7-83f3-2b49d6921826 Akamai
bfafdca5-3171-4953-86ab-c74f44822fd3 Fortinet
c1bf47bb-676f-46df-b19d-e6717fb2df94 Seqrite
c2f76813-f24c-450e-abfd-0db4495ab68e Volexity
c4a2aff3-20ec-47b4-8e09-9d1a03a2da26 SecurityWeek
c9bd796a-8b73-42ab-8abe-0016292f5528 Sweepatic
c9ce67dd-45d3-4f57-9f28-db4103ddca6d Forescout
cae79680-67a6-4411-903c-f824dbcc813f Proofpoint
d0c33595-b684-45ef-91c3-e2f5ce1a8191 Microsoft
d0ccd0d7-c30b-4e02-ac31-980cfecef085 The DFIR Report
d18f84a4-2224-4dd2-b39d-961510c4f233 Wiz Blog
d5486dbf-03b0-4f1f-999a-be722b628057 URLScan.io
d597f230-4f70-43cb-817e-c745efd4fe35 WithSecure
d5cc637d-549a-4809-90d2-eef66e9eb976 CIRCL
da5cdcd1-7b15-4371-b7eb-ca32916d2052 Mandiant
da7743e9-205e-47b0-8afc-b7aa7a5ae050 LevelBlue
e4ed3168-7830-490f-9eed-d1b3ef2daccd Dragos
e583434b-7fb8-42c8-90ce-89aa8ed35f0c Symantec
e5964f36-7644-4f73-bdfd-f24d9e006656 Avira
e9491d3b-2174-47d6-8a15-ecec552d16ae Palo Alto
e96e925a-3de3-4238-b0c6-e4687dc8b960 Sygnia
ec3fb9b0-4f24-4099-ad48-3e8f68e88275 BleepingComputer
ec5bf478-9f5b-4bf2-823a-e133dbcaea05 Security Affairs
f063b54b-293c-4713-87c1-92ff760ee4ba Malwarebytes
f077b758-84b5-45c6-95c6-9f05de4de993 Aquasec
f3432a60-041e-4a8c-ae35-a7d60a84993a Arctic Wolf
f6eae887-7ee4-4999-a909-5eef291c40cc Europol
f760cfbc-c124-4348-8e68-28cef2fbc4a5 Netskope
f9eb432f-2293-48b7-bca4-cc78beb50df0 CrowdStrike
fe610ead-9aea-4be5-a54b-d6a20f55062a LinkedIn
`;
