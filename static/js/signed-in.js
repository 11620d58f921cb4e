// Tells the pages that wait for a sign-in (session.js) that there was one.

const channel = new BroadcastChannel("session");
channel.postMessage("signed-in");
channel.close();
