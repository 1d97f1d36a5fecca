/** Words of offices, computers and programming: as common where this product is used, and no actor in most texts. */
export const officeWords = `
admins agenda ajax algorithm alpine android angular ansi ansible apache api app apps argv array ascii async
attachment authenticate aws azure babel backend backlog backtick backup badge ballot bandwidth base64 bash batch
benchmark billing binary bitbucket bitmap blog bluetooth boardroom booking bookkeeping boolean bootstrap bower
broken bugfix bundle bundler byte bytecode cache calendar callback catering cdn certificate chai changelog charset
chatbot checklist checkout chosen chromium cleaner cli clipboard closure cloud cloudy cluster cmd codebase codec
commit compiler compliance compression config configuration confluence connector console constructor container
cookie copier coverage cpu crashed credential crlf cron css csv customizable cypress daemon dashboard dataset debian
debounce debug debugger decode decoder default deflate dependency deploy deployment deprecate descriptor deserialize
desktop dev devops devtools diff digest directory disco disk django dll dns docker dockerfile docs doctype doing dom
domain dotenv downgrade driven driver dropdown dusty eaten electron emoji emulator encoder endpoint enum env epoch
esbuild eslint ethernet event excel exchange ext fallback fallen fax fedora feedback fetch ffmpeg file filename
filesystem finance firefox firewall firmware flask float folder fork formatter frontend frozen fullscreen func
function gateway getter git github gitignore gitlab given glob globals goes going golang golden google gpu graphql
grunt guest gui gulp gzip hackathon handlebars hardcode hardware hashmap header headset healthy heap helpdesk hex
hidden holiday homebrew hostname hotfix hotkey hr href html html5 htop http https hub ide iframe inbox indent
inflate infra init ink inline install instance integer inter intern internet interpreter invoice ios ip iterable
iterator java javadoc javascript jenkins jest jira jpeg jpg jquery js json json5 jsx jvm kanban kernel keyboard
kotlin kubectl kubernetes lambda laptop laravel latency lexer license linter linux listener loader localhost
localstorage lockfile logger login logout logs lookup loopback lowercase lru lunch mac macos macro mailbox
maintenance makefile manager markdown meeting memo memoize merge metadata microsoft middleware migration mime mini
minify misty mixin mocha modem mongo mongodb monitor monorepo mouse muddy mutex mysql namespace netmask network
newsletter nginx node node_modules nodejs nonce npm nullable nvm oauth office offline onboarding oncall online
opensource openssl operator optimizer oracle orm outage outlook overflow override parse parser pas password patch
payroll pcap pdf perl php ping pip pipeline pixel plugin png pnpm pnpx policy polyfill ponyfill popup portal
postgres postgresql powerpoint powershell preprocessor prettier printer printout procurement prod profiler projector
promise prompt prototype proxy pseudo pull pytest python queue rack rails rainy ram ramda readme rebase reboot
receptionist recursion recursive redis redux refactor refetch reg regex regexp release remote render renderer repl
repo repository reset resolver rest restart retry rip roadmap rollback rollup roster router runbook runner rust
rusty rxjs safari salary salty sass scala scanner scheduler schema scope screenshot script scrum sdk selector
selenium serialize serializer server session setter sha1 sharepoint shell shim shredder signin signup singleton
slack slides snippet socket sort sourcemap spam spinner splice spoken spreadsheet sprint sql sqlite ssh ssl stack
standup stapler startup stateless stderr stdin stdout stolen storage stylesheet subclass subdirectory subdomain
submodule subnet subprocess substring sudo sunny support svelte svg swift symlink sync syntax sysadmin tailwind
taken tasty tcp teams teardown telemetry template terminal terraform textarea throttle thunk ticket timeout
timesheet timestamp timezone tls toggle token toner toolkit tooltip tor training transpile transpiler truthy
tsconfig tuple typescript typo ubuntu udp ui unicode uninstall unix unpkg unset update upgrade upload uppercase ups
uptime uri url usb username utf utf8 util utilities uuid vacation validator variadic vendor video vim virtualenv
vite vitest vm voicemail vpn vue walker wasm watcher webcam webhook webinar webpack webserver website websocket
whiteboard whitelist whitespace widget wifi wildcard windows windy winston wireless woken workaround workflow
workspace workstation wrapper written xml xss yaml yarn zeta zip zlib zoom zsh
astro autorun axios backspace caret cryptographic insomnia jupyter netflix prometheus redact solaris tilde watchos airos
webservice zimbra chihuahua donut foxtrot praline salami got gotten fortinet fortigate ivanti sonicwall
`;
