"use strict";
// The Agents Playground listens on every interface and has no flag against it. Preloaded with `node --require`, this makes every
// server of the process listen on 127.0.0.1 and drops a connection that comes from anywhere else.
const net = require("node:net");

const HOST = "127.0.0.1";
const listen = net.Server.prototype.listen;

function options(args) {
  const [first, second] = args;
  if (first !== null && typeof first === "object") return { ...first, host: HOST };
  const port = Number(first) || 0;
  return typeof second === "number" ? { port, backlog: second, host: HOST } : { port, host: HOST };
}

net.Server.prototype.listen = function (...args) {
  const ready = args.find((given) => typeof given === "function");
  this.prependListener("connection", (socket) => {
    if (!/^(::ffff:)?127\./.test(socket.remoteAddress || "")) socket.destroy();
  });
  return ready ? listen.call(this, options(args), ready) : listen.call(this, options(args));
};
