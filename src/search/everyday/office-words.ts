/** Words of offices and computers that are as common where this product is used, and carry no actor. */
export const officeWords = `
admins agenda api app apps attachment authenticate backend backlog badge ballot bandwidth billing blog bluetooth
boardroom booking bookkeeping bugfix cache calendar catering certificate changelog chatbot checklist checkout
cleaner cloud cluster compiler compliance config configuration connector cookie copier crashed credential cron
dashboard debug deploy deployment desktop dev devops directory disk dns docker docs domain driver ethernet excel
exchange fax feedback file filesystem finance firewall firmware folder frontend gateway git github google guest
hackathon hardware headset helpdesk holiday hostname hr html http https hub inbox infra ink install intern internet
invoice ios ip java javascript json kanban kernel keyboard kubernetes laptop latency license linux login logout logs
lunch mac macos mailbox maintenance manager meeting memo merge microsoft migration modem monitor mouse network
newsletter node office offline onboarding oncall online operator outage outlook password patch payroll pdf pipeline
plugin policy portal postgres powerpoint printer printout procurement projector prototype proxy python queue rack
ram reboot receptionist refactor release remote repo repository reset restart roadmap rollback roster router runbook
salary scanner scheduler schema screenshot script scrum server session sharepoint shell shredder signin signup slack
slides spam spreadsheet sprint sql standup stapler startup storage subnet support sync sysadmin teams template
terminal ticket timesheet timezone toner training uninstall update upgrade upload uptime url usb username vacation
vendor video vm voicemail vpn webcam webinar website whiteboard wifi windows wireless workflow workspace workstation
zoom going goes doing windy rainy sunny cloudy muddy rusty dusty misty salty tasty healthy
frozen fallen hidden golden broken eaten driven given taken written spoken chosen stolen woken
`;
