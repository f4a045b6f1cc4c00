#!/usr/bin/env bash
# FreeRADIUS 3.2.1 (Debian 12), rlm_sql with its own SQLite queries: an interim update that arrives after the stop of its
# session overwrites the session's counters with older, lower ones.
#
# Expected: accounting comes by UDP, so that packets overtake each other, and RADIUS counters are totals since the session's
#   start (RFC 2866, 5.3 and 5.4). After the stop the row of `radacct` is final, or at least it never goes down.
# Seen: start; interim of 600 bytes; stop of 900 bytes after 90 s; then an interim of 400 bytes that was sent before and came
#   late. The row says 400 bytes and 80 s, and still has its stop time. The last packet that arrives wins.
# So: usage that is read from `radacct` at the end of a session may be too low. Count from the packets (the detail file) with
#   the highest counter of a session, or let the query refuse updates of rows that have a stop time.
# Needs Debian 12 (apt, dpkg) and sqlite3. Nothing is installed: the packages are unpacked in a temporary folder.
set -euo pipefail
version=3.2.1+dfsg-4+deb12u1
folder=$(mktemp -d)
server=
finish() {
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; fi
  rm -rf "$folder"
}
trap finish EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root download --quiet \
  "freeradius=$version" "freeradius-common=$version" "freeradius-config=$version" "freeradius-utils=$version" \
  "libfreeradius3=$version" libtalloc2=2.4.0-f2 libpcre3=2:8.39-15 libpcap0.8=1.10.3-1 libct4=1.3.17+ds-2 >/dev/null
for package in *.deb; do dpkg -x "$package" root; done
root=$folder/root
export LD_LIBRARY_PATH=$root/usr/lib/x86_64-linux-gnu:$root/lib/x86_64-linux-gnu:$root/usr/lib/freeradius
port=$((20000 + RANDOM % 20000))

mkdir conf
cp -r root/etc/freeradius/3.0/mods-config conf/
echo "\$INCLUDE $root/usr/share/freeradius/dictionary" >conf/dictionary
cat >conf/radiusd.conf <<CONF
prefix = $folder
raddbdir = $folder/conf
modconfdir = $folder/conf/mods-config
logdir = $folder
run_dir = $folder
libdir = $root/usr/lib/freeradius
name = freeradius
client here {
  ipaddr = 127.0.0.1
  secret = testing
}
thread pool {
  start_servers = 1
  max_servers = 1
  min_spare_servers = 1
  max_spare_servers = 1
}
modules {
  expr { }
  sql {
    dialect = "sqlite"
    driver = "rlm_sql_sqlite"
    sqlite {
      filename = "$folder/radius.db"
    }
    acct_table1 = "radacct"
    acct_table2 = "radacct"
    postauth_table = "radpostauth"
    authcheck_table = "radcheck"
    authreply_table = "radreply"
    groupcheck_table = "radgroupcheck"
    groupreply_table = "radgroupreply"
    usergroup_table = "radusergroup"
    client_table = "nas"
    group_attribute = "SQL-Group"
    pool {
      start = 1
      min = 1
      max = 1
      spare = 0
    }
    \$INCLUDE $folder/conf/mods-config/sql/main/sqlite/queries.conf
  }
}
instantiate {
  expr
}
server default {
  listen {
    type = acct
    ipaddr = 127.0.0.1
    port = $port
  }
  preacct {
    update request {
      &Acct-Unique-Session-Id := "%{md5:%{User-Name},%{Acct-Session-Id},%{NAS-IP-Address}}"
    }
  }
  accounting {
    sql
  }
}
CONF
sqlite3 radius.db <conf/mods-config/sql/main/sqlite/schema.sql
root/usr/sbin/freeradius -f -l stdout -d conf -D root/usr/share/freeradius -x >log 2>&1 &
server=$!
for _ in $(seq 100); do
  if grep -q 'Ready to process' log; then break; fi
  sleep 0.2
done
grep -q 'Ready to process' log || { tail -5 log; exit 1; }

session='User-Name = "sim-1", NAS-IP-Address = 192.0.2.1, Acct-Session-Id = "s-1", Framed-IP-Address = 198.51.100.7'
account() {
  echo "$session, $1" |
    root/usr/bin/radclient -D root/usr/share/freeradius -d conf -r 1 -t 5 "127.0.0.1:$port" acct testing >/dev/null
}
row() { sqlite3 radius.db 'select acctinputoctets + acctoutputoctets, acctsessiontime, acctstoptime is not null from radacct'; }

account 'Acct-Status-Type = Start'
account 'Acct-Status-Type = Interim-Update, Acct-Session-Time = 60, Acct-Input-Octets = 300, Acct-Output-Octets = 300'
account 'Acct-Status-Type = Stop, Acct-Session-Time = 90, Acct-Input-Octets = 500, Acct-Output-Octets = 400'
after_stop=$(row)
account 'Acct-Status-Type = Interim-Update, Acct-Session-Time = 80, Acct-Input-Octets = 200, Acct-Output-Octets = 200'
after_late_interim=$(row)
echo "bytes|seconds|stopped after the stop: $after_stop, after the late interim update: $after_late_interim"
[ "$after_stop" = '900|90|1' ]
[ "$after_late_interim" = '400|80|1' ]
