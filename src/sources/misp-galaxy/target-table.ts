/** Sectors by their uuid in the MISP galaxy `sector`, version 6 (CC0 1.0). Facts only. */
export const sectorTable = `
02847338-fe03-4073-9f5b-c6fedc244b04 Railway
03655488-3d11-4fbf-8fe6-6148aaa01b83 Other
04e0eef9-d7e8-4280-86bb-cc9897be8e08 Electronic
0904672b-c18a-450e-88d6-6a94dd0eb25a Security actors
0a2c80eb-ae5d-4d5e-b6fd-2703bc6a750d Data Broker
0a62f502-0a51-44ac-82a3-0a965b98c7a9 Activists
0d688425-afb5-4f71-8b5a-f9be7d2d1551 Payment
0de938bd-4efa-4c7a-9244-71a79317d142 Telecoms
12f90076-f03d-4a2d-9f33-7a274dc462bb Aerospace
138159c5-0b29-46a5-91e2-fe01f7e7111d Tax firm
13fe4a5d-8d86-4875-b763-02bc5705810f Television broadcast
18daafae-a923-4cf5-bf87-d8b35dd297e2 Opposition
19cc9f22-e682-4808-a96c-82e573703dff Bank
19eca562-123d-449b-af33-5a36e5279b12 Education
1f1c762b-1e39-4989-8679-cc1f9cb08349 Petrochemical
2287c024-9643-43ef-8776-858d3994b9ac Streaming service
23429f36-298a-4ac6-8db9-87223bef9cbf Security systems
26282f7e-8db4-4369-8af1-3981f6a93350 Water
2e7ad54f-7637-4268-a9b9-cb2975d6bab9 Casino
306f828d-8eb8-4adb-bee9-3211bf2a4ff7 Chemical
3153215a-784d-478e-a147-3410a5b43b39 Industrial
33a4f4fe-9bc3-4d43-b5ab-64fcc35882cf Travel
33cbaf17-7600-47f7-87c7-39640874a1b4 Diplomacy
342d0a71-584c-4e3f-9b2d-1dc5b5e53e97 IT - Hacker
36432a96-225a-4c90-b0f5-44eaee45e306 Police - Law enforcement
3929f589-ac94-4a6a-8360-122e06484db8 Islamic organisation
3a7dae7d-2590-4e80-9c13-c22048a09f8a Metal
3a94474b-7e23-4e06-9129-faea7ef55af8 Energy
3c70895b-573b-450c-ad0a-98b0e1a9741e Think Tanks
3f18e5e7-c77d-4890-9d09-412a39a822e5 IT
3ff4e243-7e26-4535-b911-fdda2f724aa2 Unknown
40082760-ed9e-4fcb-8bfa-2341d81d5e22 Satellite navigation
40d66f31-36c2-42ff-97c6-97b34b5ce04e Investment
4649fe79-cb8f-4aa3-b3e0-e67d4161fcb0 Health
474e6647-ff06-4a9b-8061-a1a43baf8b15 Employment
4b5c230d-70b8-4748-a27c-bec121c436d8 Construction
4bc73e7c-d174-4faf-9176-d0ccc8ccfbbf Veterinary
4fef12b1-0bee-4855-81fb-9b7d2c5a1dec Trade
55d12d41-c558-4cdf-b2c5-f246403ca68f Video Sharing
56eee132-fc01-410c-ada0-44d713443bf2 Lawyers
58282b0e-10d4-4294-8845-6f41a1e79730 Biomedical
5875cc3f-d0a5-445e-abb2-08411fc82522 Oil
595be3ad-bfb3-4bea-b81a-2fef618a1075 Space
5a9da7ef-57b8-4a22-88be-b8b6556fd447 Digital services
5aec0d78-53b2-4fcf-b165-537494b866e4 Military
5b9bb2f4-3e03-46b9-ab65-a7f99b726a32 Semi-conductors
5cacd8fb-a3d4-4ed7-84b5-d69378038591 Manufacturing
5eee85f4-f8dc-4dea-9ba2-af1e9f957097 Restaurant
6012ecea-dcc8-490c-b368-e2e06b2cb62f Government, Administration
61809257-9f13-4910-b824-f483c4334bb5 Social networks
62487559-c0e5-4250-af48-d43fa2e61b82 Smart meter
641af156-12d0-4fb4-b89d-971cd454914f Infrastructure
64483d7b-71a4-4130-803e-2c614a098d8b Shipping
64493b1b-04eb-4f4d-94c7-65c3713131de Game
65d6aaaf-a2fb-4409-bfc6-ddf1da9ecc8b Non-profit organisation
69b8bfcd-600e-45d8-962a-ce09ed0914ab Turbine
6d9dbde3-25de-48b9-ab98-361c4211e6be IT - Security
6edffd60-443c-4238-b368-362b47340d8b Accounting
737a196b-7bab-460b-b199-d6626fca1af1 Online marketplace
738939b4-c93f-4972-938a-7eb1f60188b9 Research - Innovation
7508db07-ffd1-4137-9941-718f18370c4c Mining
75597b7f-54e8-4f14-88c9-e81485ece483 Finance
784e59ae-89bb-4bc8-82c8-7fab6ca5fb8a Justice
79e7755d-d7fa-4bbc-b956-e296c614745e Automotive
7aeb79bf-cc1a-49b5-b2ec-5b1fe4a7e295 Intelligence
7e1ec8ba-24c4-4ad4-a596-7532ecbd0fbd eCommerce
8291a998-e888-4351-87ec-c6da6b06bff6 Environment
82ac6245-8691-4216-a6dd-8c99ebb8ce51 Maritime
851c28c6-2e80-4d63-959b-44037931175b Gas
855f40e1-074e-4818-8082-696a54adf13f Programming
867cbcb3-8baa-476f-bec5-ceb36e9b1e09 Publishing industry
872de996-e069-4cd9-b227-d5ca01dc020c IT - ISP
87ad7866-bdfa-4a22-a4f3-c411fecb1d0d Consulting
87eae00d-b973-46db-83a2-1f520aebcd44 Life science
886e517c-0331-445e-9c4b-ebe08aeb01cd Security Service
89e7e93a-394f-48e3-ba70-501df2f010c0 Country
8c645d4e-8fcc-48a8-9656-5135cfbc10a6 Culture
8d7aa230-d07f-46e8-a099-6f1753793b84 Pharmacy
909f4de6-91ea-44b6-9c8f-5983fd4877c2 Hotels
934bc859-ebc4-48d7-adb7-5accd4f0f965 Logistic
94a7ffd4-d2e4-4324-be71-f274e84de089 Legal
96b329b2-2f04-4ce7-8ef2-bf3d898028c9 Development
98821a86-3c11-474b-afab-3c84af061407 Academia - University
9ade7eff-e2ce-4f05-85de-bb6b70444db4 Food
9c1f6a5b-d9de-4cce-a024-7437cb20e24e Civil society
9df5fb28-2298-4030-9db3-8cdef35bee14 Defense
a0499041-2b4e-43aa-8fe3-04c2de23abdd News - Media
a10c2362-3ee9-4741-b5a5-c2fd1c7c730f Digital infrastructure
a26ae91b-df10-4c6f-b7bc-14c7ba13f21d Retail
a93f281c-1fb4-471d-88ba-dfe5f3af13ff Political party
ac2dad84-5194-41bb-9edd-aad8d42f828f Electric
b018010e-272e-4ca9-8551-073618d7f2ad Advertising
b5283132-9245-4a5f-b4bc-1937fd80d80a Arts
b822d660-fad3-40da-b4db-9bbf8fe23b27 Higher education
beb9d5d6-53df-4e99-8fa8-e52880fbe740 Entertainment
bf0753fd-cb62-440d-a2c5-1adfb037676e Tourism
bfd171a5-33f5-4c79-81c5-3dda99dae559 Immigration
c2f32e7c-6162-4999-ac3b-356007446d18 Dissidents
c4f35266-0f80-4948-9c0a-f4681ed0d507 Insurance
c529331a-e2a9-4ba9-bb92-d4f88ae3704b Islamic forums
cd4dfa11-5f4a-4d02-a2cc-35603261e631 High tech
cdc8b76f-a8df-4d30-81c1-bdb4935c718d Steel
d1aa1165-981a-4d9f-aece-c130c5034e1b Hospitality
d2f31b1f-a9b1-4f5b-b2b3-1aa2732a0608 NGO
d6335a0a-dfa2-4150-804b-86d06139e38a Separatists
e07cd84c-1d66-4de3-8b93-15fa93f119cc Engineering
e10093ef-ccbf-4c24-9093-61e856c05ccd Multi-sector
e2214f48-0cdd-4110-ba59-e703282adf2c Agriculture
e48c0afc-afab-4ced-9a8b-a28d4a2efa08 DNS service provider
e8355f07-48c7-497b-9a14-3c2a6325ef3d Sport
e93eb8db-72b1-4407-be3e-8cfea8f9efee Transport
ea95dce2-c2fc-48cb-95c7-d9200811f030 Journalist
ed13b6c9-c32c-4a58-82a7-ce64dc7fa086 Civil Aviation
ee5720bb-c638-46f8-bdf2-55579bf37eb2 Marketing
f4e11fd2-f2a2-4d09-8ed4-7ef978ccc03b Communication equipment
f50c1d4d-9d7c-4076-b5d4-e86dd5de4628 Citizens
f9260307-f792-4e60-8aa5-e2b4f84adadb Managed Services Provider
ff403f0f-67d0-494c-aff9-1d748b7e7d8d Technology
`;

/** Regions of UN M49 by their uuid in the MISP galaxy `region`, version 1 (CC0 1.0). Facts only. */
export const regionTable = `
105247d9-e619-4231-b88e-17dd9aed1580 Central America
130997e8-c900-4457-829a-447eec3fbb89 Sub-Saharan Africa
1a79ac27-1580-4482-826e-d4db9a26b080 Middle Africa
48fc57a4-3a9f-42dd-8e2b-83488d08a1be Africa
4a65b439-849b-4fdd-b34d-e80f738a4309 Northern Africa
4b09b683-5650-4a6c-a383-d8f3b686ebc2 Asia
4cb4b767-2db4-4858-bb28-656816350fef Melanesia
63880bb3-f959-4200-b8ae-e25d9fa84c22 Southern Europe
64974dea-c6c9-462d-9fcf-4456a397d591 Northern America
6d4ae555-f559-48ac-9777-926a406b7969 Antarctica
7048c324-c9c2-4c53-a42a-912e78f3aeec Western Europe
739c285c-fe59-4540-b323-bf713af30347 Europe
76adc9e0-215a-4496-8642-b98ac7715d0f Channel Islands
8d87018b-e8bb-472e-841b-4429fb6b9bc0 World
93dd8987-1466-493f-b5dc-c2b7fe762d75 Australia and New Zealand
990d0e8e-dfd0-45d1-ab8b-758b9139c0fe South-eastern Asia
9b15e8e9-2adb-4aa8-baea-d63ccc434428 Eastern Africa
a387db42-cdb4-4f75-98c4-5b51a03d0c68 Polynesia
a5515b7c-594b-4e37-a60f-3bab8808c54c Central Asia
a6427c40-6fba-46dc-9995-72e16a4c57a7 Americas
aa46fbd1-54df-4e1e-a5d6-7bced5c59803 Eastern Asia
aef21eb1-eccd-46e1-a4c8-9e9b8452d912 Latin America and the Caribbean
b95340de-8f29-4dbf-ad0f-a4c0be367e59 Southern Africa
c7cb0859-5680-4bdb-9c78-46cab3504a62 Eastern Europe
d44cf4b4-8025-4827-960c-b666dfdc5243 Western Africa
d66b2e98-39fb-4710-b075-5bee2fa00cd4 Western Asia
d9e8c021-b387-4d67-8b8e-5e5ae57e6647 Oceania
e16efc93-ae3b-471a-a888-eda66d1da22b Caribbean
e9ee6728-d325-4726-be7d-08b5ccf3f3d6 South America
f86776cd-274f-438a-8beb-9349aebda0bb Southern Asia
f93cb275-0366-4ecc-abf0-a17928d1e177 Northern Europe
fbe052e0-a4ab-4d74-8765-5a9786e7bdbc Micronesia
`;
