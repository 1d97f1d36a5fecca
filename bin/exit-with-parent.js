// Preloaded into the child of launch.js: when the launcher dies, the channel closes, and the child ends as on SIGTERM.
if (process.channel !== undefined && process.env['THREATBRIEF_LAUNCHED'] === '1') {
  delete process.env['THREATBRIEF_LAUNCHED'];
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}
