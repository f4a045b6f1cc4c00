#!/usr/bin/env bash
# Kamailio 5.6.3 (Debian 12), module acc with `cdr_enable`: the duration of a call detail record counts the ringing.
#
# Expected: a CDR that is kept for billing has the time from the answer (200 OK) to the end (BYE): what is rated, and what
#   Asterisk writes as `billsec`.
# Seen: with the module's defaults start and duration count from the INVITE. A call that rings for 2 s and is talked for 3 s has
#   `duration=5.0..`. With `cdr_start_on_confirmed` 1 the same call has `duration=3.0..`.
# So: an operator who rates the default CDR charges the ringing, and calls that nobody answered last as long as they rang.
#   Whoever takes Kamailio's CDRs asks how the module is set.
# Needs Debian 12 (apt, dpkg). Nothing is installed: the packages are unpacked in a temporary folder. SIPp plays both phones.
set -euo pipefail
folder=$(mktemp -d)
started=()
finish() {
  for process in "${started[@]}"; do kill "$process" 2>/dev/null || true; done
  rm -rf "$folder"
}
trap finish EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root download --quiet kamailio=5.6.3-2 sip-tester=1:3.6.1-1+b2 libpcre3=2:8.39-15 \
  libgslcblas0=2.7.1+dfsg-5+deb12u1 libgsl27=2.7.1+dfsg-5+deb12u1 libpcap0.8=1.10.3-1 libsctp1=1.0.19+dfsg-2 >/dev/null
for package in *.deb; do dpkg -x "$package" root; done
LD_LIBRARY_PATH=$(find "$folder/root" -name '*.so*' -printf '%h\n' | sort -u | tr '\n' ':')
export LD_LIBRARY_PATH

cat >callee.xml <<'XML'
<?xml version="1.0"?><!DOCTYPE scenario SYSTEM "sipp.dtd">
<scenario name="callee">
<recv request="INVITE" rrs="true"/>
<send><![CDATA[
SIP/2.0 180 Ringing
[last_Via:]
[last_From:]
[last_To:];tag=callee
[last_Call-ID:]
[last_CSeq:]
[last_Record-Route:]
Contact: <sip:[local_ip]:[local_port]>
Content-Length: 0

]]></send>
<pause milliseconds="2000"/>
<send retrans="500"><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:];tag=callee
[last_Call-ID:]
[last_CSeq:]
[last_Record-Route:]
Contact: <sip:[local_ip]:[local_port]>
Content-Length: 0

]]></send>
<recv request="ACK"/>
<recv request="BYE"/>
<send><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0

]]></send>
</scenario>
XML
cat >caller.xml <<'XML'
<?xml version="1.0"?><!DOCTYPE scenario SYSTEM "sipp.dtd">
<scenario name="caller">
<send retrans="500"><![CDATA[
INVITE sip:+46700000002@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:+46700000001@[local_ip]>;tag=caller
To: <sip:+46700000002@[remote_ip]>
Call-ID: [call_id]
CSeq: 1 INVITE
Contact: <sip:+46700000001@[local_ip]:[local_port]>
Max-Forwards: 70
Content-Length: 0

]]></send>
<recv response="100" optional="true"/>
<recv response="180" optional="true"/>
<recv response="200" rrs="true"/>
<send><![CDATA[
ACK [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:+46700000001@[local_ip]>;tag=caller
To: <sip:+46700000002@[remote_ip]>[peer_tag_param]
[routes]
Call-ID: [call_id]
CSeq: 1 ACK
Max-Forwards: 70
Content-Length: 0

]]></send>
<pause milliseconds="3000"/>
<send retrans="500"><![CDATA[
BYE [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:+46700000001@[local_ip]>;tag=caller
To: <sip:+46700000002@[remote_ip]>[peer_tag_param]
[routes]
Call-ID: [call_id]
CSeq: 2 BYE
Max-Forwards: 70
Content-Length: 0

]]></send>
<recv response="200"/>
</scenario>
XML

# The duration that Kamailio writes of one call, with `cdr_start_on_confirmed` set to the first argument.
duration() {
  local port=$((20000 + RANDOM % 20000))
  cat >kamailio.cfg <<CONF
debug=2
log_stderror=yes
children=1
disable_tcp=yes
listen=udp:127.0.0.1:$port
mpath="$folder/root/usr/lib/x86_64-linux-gnu/kamailio/modules/"
loadmodule "kex.so"
loadmodule "tm.so"
loadmodule "sl.so"
loadmodule "rr.so"
loadmodule "pv.so"
loadmodule "textops.so"
loadmodule "siputils.so"
loadmodule "dialog.so"
loadmodule "acc.so"
modparam("dialog", "dlg_flag", 4)
modparam("acc", "cdr_enable", 1)
modparam("acc", "cdr_log_enable", 1)
modparam("acc", "cdr_start_on_confirmed", $1)
request_route {
  if (has_totag()) {
    loose_route();
    t_relay();
    exit;
  }
  if (is_method("INVITE")) {
    setflag(4);
    record_route();
    \$du = "sip:127.0.0.1:$((port + 1))";
    t_relay();
  }
}
CONF
  root/usr/sbin/kamailio -f kamailio.cfg -DD -E -Y "$folder" >log 2>&1 &
  local server=$!
  root/usr/bin/sipp -sf callee.xml -i 127.0.0.1 -p $((port + 1)) -m 1 -nostdin >callee.log 2>&1 &
  started+=("$server" $!)
  sleep 1
  root/usr/bin/sipp -sf caller.xml -i 127.0.0.1 -p $((port + 2)) -m 1 -nostdin "127.0.0.1:$port" >caller.log 2>&1
  sleep 1
  kill "$server"
  wait "$server" || true
  sed -n 's/.*duration=\([0-9.]*\).*/\1/p' log >"$2"
}

duration 0 by-default
duration 1 from-the-answer
echo "a call that rings 2 s and is talked 3 s: by default $(cat by-default) s, from the answer $(cat from-the-answer) s"
awk -v all="$(cat by-default)" -v talk="$(cat from-the-answer)" \
  'BEGIN { exit !(talk >= 3 && talk < 4 && all - talk > 1.5 && all - talk < 2.5) }'
