# SPDX-License-Identifier: Apache-2.0
"""A notification server that misbehaves on demand. Arguments: a log file, then abilities.

markup, actions, list: capabilities it tells.   slow: answers Notify only when asked to over D-Bus (Release).
fussy: refuses every notification.        new-ids: ignores replaces_id.
chatty: tells an action twice, then closed twice.
"""
import json
import sys

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"


class Server(dbus.service.Object):
    def __init__(self, bus, log, abilities):
        super().__init__(dbus.service.BusName(NAME, bus), PATH)
        self._log = log
        self._abilities = abilities
        self._last_id = 0
        self._waiting = []

    def _write(self, **entry):
        self._log.write(json.dumps(entry) + "\n")
        self._log.flush()

    @dbus.service.method(NAME, in_signature="", out_signature="as")
    def GetCapabilities(self):
        known = {"markup": "body-markup", "actions": "actions", "list": "persistence"}
        return dbus.Array(["body"] + [known[a] for a in self._abilities if a in known], signature="s")

    @dbus.service.method(NAME, in_signature="susssasa{sv}i", out_signature="u",
                         async_callbacks=("reply", "refuse"))
    def Notify(self, app, replaces, icon, title, body, actions, hints, expire_ms, reply, refuse):
        if "fussy" in self._abilities:
            refuse(dbus.DBusException("not today", name="org.example.Fussy"))
            return
        if replaces == 0 or "new-ids" in self._abilities:
            self._last_id += 1
            replaces = self._last_id
        self._write(call="Notify", id=int(replaces), title=title, body=body, actions=list(actions),
                    hints={str(k): v for k, v in hints.items()}, expire_ms=int(expire_ms))
        if "slow" in self._abilities:
            self._waiting.append(lambda: reply(replaces))
        else:
            reply(replaces)

    @dbus.service.method(NAME, in_signature="u", out_signature="")
    def CloseNotification(self, closed):
        self._write(call="CloseNotification", id=int(closed))
        self.NotificationClosed(closed, 3)

    @dbus.service.method(NAME, in_signature="", out_signature="")
    def Release(self):
        for answer in self._waiting:
            answer()
        self._waiting.clear()

    @dbus.service.method(NAME, in_signature="us", out_signature="")
    def Press(self, pressed, key):
        for _ in range(2 if "chatty" in self._abilities else 1):
            self.ActionInvoked(pressed, key)
        for _ in range(2 if "chatty" in self._abilities else 1):
            self.NotificationClosed(pressed, 2)

    @dbus.service.signal(NAME, signature="us")
    def ActionInvoked(self, pressed, key):
        pass

    @dbus.service.signal(NAME, signature="uu")
    def NotificationClosed(self, closed, reason):
        pass


dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
with open(sys.argv[1], "a", encoding="utf-8") as log_file:
    server = Server(dbus.SessionBus(), log_file, sys.argv[2:])
    GLib.MainLoop().run()
