# SPDX-License-Identifier: Apache-2.0
"""nape-plugin-notify against a real bus and a real dunst, and a server of ours for what dunst never does.

Arguments: the plugin, then as unittest has them.
"""
import os
import select
import signal
import sys
import unittest

from desktop import Desktop, Notify, directive_pb2, until

PLUGIN = sys.argv.pop(1)
NAME = "org.freedesktop.Notifications"
ACTIONS = (("start", "Start"), ("postpone", "In 3 min, 2 left"), ("skip", "Skip"), ("why", "Why?"))


def call(desktop, method, *arguments):
    answer = desktop.run("dbus-send", "--session", "--print-reply", f"--dest={NAME}",
                         "/org/freedesktop/Notifications", f"{NAME}.{method}", *arguments)
    assert answer.returncode == 0, answer.stderr


class Dunst(unittest.TestCase):
    def setUp(self):
        self.desktop = self.enterContext(Desktop())
        self.plugin = self.enterContext(Notify(PLUGIN, self.desktop))
        self.plugin.expect(0, "delivered")


class WithDunst(Dunst):
    def test_hello_offers_the_nudge(self):
        self.assertEqual(self.plugin.frames[0].hello.name, "notify")
        self.assertEqual(list(self.plugin.frames[0].hello.capabilities), ["nudge"])

    def test_a_show_is_on_the_screen_when_it_is_delivered(self):
        self.plugin.show(1, actions=ACTIONS)
        self.plugin.expect(1, "delivered")
        self.assertEqual(self.desktop.displayed(), 1)
        self.desktop.picture("nudge")

    def test_an_action_is_answered_by_its_key_and_by_nothing_else(self):
        self.plugin.show(1, actions=ACTIONS)
        self.plugin.expect(1, "delivered")
        self.desktop.press("Start")
        self.assertEqual(self.plugin.expect(1, "chosen").key, "start")
        until(lambda: self.desktop.displayed() == 0, "dunst closes it after the action")
        self.assertEqual(self.plugin.untold(), [])

    def test_a_later_show_of_the_subject_takes_its_place(self):
        self.plugin.show(1, title="first", actions=ACTIONS)
        self.plugin.expect(1, "delivered")
        self.plugin.show(2, title="second", actions=ACTIONS)
        self.plugin.expect(2, "delivered")
        self.assertEqual(self.desktop.displayed(), 1)
        self.desktop.picture("replaced")
        self.desktop.press("Start")
        self.assertEqual(self.plugin.expect(2, "chosen").key, "start")
        self.assertEqual(self.plugin.untold(), [])

    def test_subjects_stand_side_by_side(self):
        self.plugin.show(1, subject="rest", title="rest")
        self.plugin.show(2, subject="micro", title="micro")
        self.plugin.expect(1, "delivered")
        self.plugin.expect(2, "delivered")
        self.assertEqual(self.desktop.displayed(), 2)

    def test_what_is_withdrawn_goes_and_is_not_answered(self):
        self.plugin.show(1, actions=ACTIONS)
        self.plugin.expect(1, "delivered")
        self.plugin.withdraw()
        until(lambda: self.desktop.displayed() == 0, "it goes")
        self.assertEqual(self.plugin.untold(), [])
        self.plugin.show(2)
        self.plugin.expect(2, "delivered")

    def test_withdrawing_what_is_not_there_is_no_fault(self):
        self.plugin.withdraw("nothing")
        self.assertEqual(self.plugin.untold(), [])

    def test_a_withdrawal_on_the_heels_of_a_show_leaves_nothing_behind(self):
        self.plugin.show(1, actions=ACTIONS)
        self.plugin.withdraw()
        self.plugin.expect(1, "delivered")
        until(lambda: self.desktop.displayed() == 0, "it goes")

    def test_what_the_person_dismisses_is_closed(self):
        self.plugin.show(1, actions=ACTIONS)
        self.plugin.expect(1, "delivered")
        self.desktop.dunstctl("close")
        self.plugin.expect(1, "closed")

    def test_what_expires_is_closed(self):
        self.plugin.show(1, expire_ms=300)
        self.plugin.expect(1, "delivered")
        self.plugin.expect(1, "closed")
        self.assertEqual(self.desktop.displayed(), 0)

    def test_what_is_to_stay_never_expires(self):
        self.plugin.show(1, stay=True, expire_ms=300, actions=ACTIONS)
        self.plugin.expect(1, "delivered")
        self.desktop.picture("stay")
        self.desktop.dunstctl("close")
        self.plugin.expect(1, "closed")
        self.assertEqual(self.desktop.history()[0]["timeout"]["data"], 0)

    def test_markup_in_a_body_is_shown_and_not_obeyed(self):
        self.plugin.show(1, title="<b>a</b> & b", body="<i>1 < 2</i> & \"c\" \u00e4\U0001f600")
        self.plugin.expect(1, "delivered")
        self.desktop.picture("markup")
        self.desktop.dunstctl("close")
        self.plugin.expect(1, "closed")
        self.assertIn("1 &lt; 2", self.desktop.history()[0]["body"]["data"].replace("&amp;lt;", "&lt;"))

    def test_text_the_bus_cannot_carry_is_undelivered_with_a_sentence(self):
        self.plugin.show(1, body="\ufffe")
        self.assertIn("refused", self.plugin.expect(1, "undelivered").reason)

    def test_very_long_text_is_shown(self):
        self.plugin.show(1, title="\u00e4" * 9000, body="\U0001f600" * 9000, actions=ACTIONS * 20)
        self.plugin.expect(1, "delivered")
        self.assertEqual(self.desktop.displayed(), 1)

    def test_a_stage_that_is_no_notification_is_undelivered(self):
        self.plugin.show(1, stage=directive_pb2.Show.STAGE_OVERLAY)
        self.assertTrue(self.plugin.expect(1, "undelivered").reason.endswith("."))
        self.assertEqual(self.desktop.displayed(), 0)

    def test_the_end_takes_everything_off_the_screen(self):
        self.plugin.show(1, stay=True, actions=ACTIONS)
        self.plugin.expect(1, "delivered")
        self.assertEqual(self.plugin.finish(), 0)
        until(lambda: self.desktop.displayed() == 0, "it goes")

    def test_a_server_killed_and_started_again_shows_what_comes_next(self):
        self.plugin.show(1, actions=ACTIONS)
        self.plugin.expect(1, "delivered")
        self.desktop.kill_dunst()
        self.plugin.expect(1, "closed")
        self.plugin.expect(0, "undelivered")
        self.plugin.show(2)
        self.assertIn("No notification server", self.plugin.expect(2, "undelivered").reason)
        self.desktop.start_dunst()
        self.plugin.expect(0, "delivered")
        self.plugin.show(3, actions=ACTIONS)
        self.plugin.expect(3, "delivered")
        self.desktop.press("Start")
        self.assertEqual(self.plugin.expect(3, "chosen").key, "start")

    def test_what_is_to_stay_survives_the_server(self):
        self.plugin.show(1, stay=True, actions=ACTIONS)
        self.plugin.expect(1, "delivered")
        self.desktop.kill_dunst()
        self.plugin.expect(0, "undelivered")
        self.desktop.start_dunst()
        self.plugin.expect(0, "delivered")
        until(lambda: self.desktop.displayed() == 1, "it is shown again")
        self.desktop.press("Start")
        self.assertEqual(self.plugin.expect(1, "chosen").key, "start")

    def test_the_bus_going_is_told_and_costs_nothing(self):
        self.plugin.show(1, actions=ACTIONS)
        self.plugin.expect(1, "delivered")
        self.desktop.kill_bus()
        self.plugin.expect(1, "closed")
        self.assertIn("bus", self.plugin.expect(0, "undelivered").reason)
        self.plugin.show(2)
        self.plugin.expect(2, "undelivered")
        before = self.plugin.wakeups_asleep()
        select.select([], [], [], 1)
        self.assertEqual(self.plugin.wakeups(), before)
        os.unlink(os.path.join(self.desktop.directory, "bus"))
        self.desktop.start_bus()
        self.desktop.start_dunst()
        self.plugin.show(3)
        answers = {(a.id, a.WhichOneof("what")) for a in (self.plugin.answer(), self.plugin.answer())}
        self.assertEqual(answers, {(0, "delivered"), (3, "delivered")})


class Idle(Dunst):
    def test_idle_it_is_never_woken(self):
        self.plugin.show(1, stay=True, actions=ACTIONS)
        self.plugin.expect(1, "delivered")
        self.assertEqual(self.plugin.untold(), [])
        before = self.plugin.wakeups_asleep()
        # The one test whose subject is that time passes.
        select.select([], [], [], 20)
        self.assertEqual(self.plugin.wakeups() - before, 0)
        print(f"PSS {self.plugin.pss_kib()} KiB")


class WithoutDunst(unittest.TestCase):
    def test_no_server_is_told_at_the_start_and_for_each_show(self):
        with Desktop(dunst=False) as desktop, Notify(PLUGIN, desktop) as plugin:
            self.assertIn("No notification server", plugin.expect(0, "undelivered").reason)
            plugin.show(1)
            self.assertIn("No notification server", plugin.expect(1, "undelivered").reason)
            self.assertEqual(plugin.finish(), 0)

    def test_no_bus_at_all_is_told_and_a_later_bus_is_found(self):
        with Desktop(bus=False, dunst=False) as desktop, Notify(PLUGIN, desktop) as plugin:
            self.assertIn("no session bus", plugin.expect(0, "undelivered").reason)
            plugin.show(1)
            self.assertIn("no session bus", plugin.expect(1, "undelivered").reason)
            desktop.start_bus()
            desktop.start_server()
            plugin.show(2)
            plugin.expect(0, "delivered")
            plugin.expect(2, "delivered")

    def test_a_server_that_the_bus_can_start_is_started(self):
        with Desktop(dunst=False, dunst_on_demand=True) as desktop, Notify(PLUGIN, desktop) as plugin:
            plugin.expect(0, "delivered")
            self.assertFalse(desktop.has_server())
            plugin.show(1)
            plugin.expect(1, "delivered")
            self.assertEqual(desktop.displayed(), 1)


class WithAnotherServer(unittest.TestCase):
    def serve(self, *abilities):
        desktop = self.enterContext(Desktop(dunst=False))
        server = desktop.start_server(*abilities)
        plugin = self.enterContext(Notify(PLUGIN, desktop))
        plugin.expect(0, "delivered")
        return desktop, server, plugin

    def test_a_reader_of_markup_gets_it_escaped(self):
        desktop, _, plugin = self.serve("markup", "actions")
        plugin.show(1, title="a < b", body="1 < 2 & 3", actions=ACTIONS)
        plugin.expect(1, "delivered")
        entry = desktop.server_log()[0]
        self.assertEqual((entry["title"], entry["body"]), ("a < b", "1 &lt; 2 &amp; 3"))
        self.assertEqual(entry["actions"], [word for action in ACTIONS for word in action])
        self.assertEqual(entry["hints"], {"urgency": 1, "desktop-entry": "nape", "category": "x-nape.break",
                                          "suppress-sound": True})
        self.assertEqual(entry["expire_ms"], -1)

    def test_a_reader_of_plain_text_without_actions_gets_the_text_as_it_is(self):
        desktop, _, plugin = self.serve()
        plugin.show(1, body="1 < 2 & 3", expire_ms=5000)
        plugin.expect(1, "delivered")
        entry = desktop.server_log()[0]
        self.assertEqual((entry["body"], entry["expire_ms"]), ("1 < 2 & 3", 5000))
        self.assertTrue(entry["hints"]["transient"])

    def test_what_is_to_stay_is_critical_only_where_it_would_sink_into_a_list(self):
        for abilities, urgency in (("actions",), 1), (("actions", "list"), 2):
            desktop, _, plugin = self.serve(*abilities)
            plugin.show(1, stay=True, expire_ms=5000)
            plugin.expect(1, "delivered")
            entry = desktop.server_log()[0]
            self.assertEqual((entry["hints"]["urgency"], entry["expire_ms"]), (urgency, 0))
            self.assertNotIn("transient", entry["hints"])

    def test_a_refusal_is_undelivered_with_the_words_of_the_server(self):
        _, _, plugin = self.serve("fussy")
        plugin.show(1)
        self.assertIn("not today", plugin.expect(1, "undelivered").reason)

    def test_a_server_that_does_not_replace_is_left_with_the_latest_only(self):
        desktop, _, plugin = self.serve("new-ids")
        for show_id in (1, 2):
            plugin.show(show_id)
            plugin.expect(show_id, "delivered")
        self.assertEqual(plugin.untold(), [])
        until(lambda: desktop.server_log()[-1] == {"call": "CloseNotification", "id": 1}, "the old one goes")

    def test_a_chatty_server_changes_no_answer(self):
        desktop, _, plugin = self.serve("chatty", "actions")
        plugin.show(1, actions=ACTIONS)
        plugin.expect(1, "delivered")
        call(desktop, "Press", "uint32:999", "string:skip")
        call(desktop, "Press", "uint32:1", "string:why")
        self.assertEqual(plugin.expect(1, "chosen").key, "why")
        self.assertEqual(plugin.untold(), [])

    def test_a_server_that_hangs_is_given_up_after_5_s_and_what_comes_late_is_closed(self):
        desktop, _, plugin = self.serve("slow", "actions")
        plugin.show(1, actions=ACTIONS)
        self.assertIn("5 s", plugin.expect(1, "undelivered").reason)
        call(desktop, "Release")
        until(lambda: desktop.server_log()[-1] == {"call": "CloseNotification", "id": 1}, "it is closed")
        self.assertEqual(plugin.untold(), [])

    def test_while_the_server_thinks_only_the_latest_show_waits(self):
        desktop, _, plugin = self.serve("slow", "actions")
        for show_id in (1, 2, 3):
            plugin.show(show_id, title=str(show_id))
        self.assertIn("later message", plugin.expect(2, "undelivered").reason)
        until(desktop.server_log, "the first arrives")
        call(desktop, "Release")
        plugin.expect(1, "delivered")
        until(lambda: len(desktop.server_log()) == 2, "the last arrives")
        call(desktop, "Release")
        plugin.expect(3, "delivered")
        self.assertEqual([entry["id"] for entry in desktop.server_log()], [1, 1])

    def test_a_server_that_dies_in_the_middle_of_a_call_is_told(self):
        desktop, server, plugin = self.serve("slow")
        plugin.show(1)
        until(lambda: desktop.server_log(), "the call arrives")
        desktop.stop(server, signal.SIGKILL)
        answers = {a.id: a.WhichOneof("what") for a in (plugin.answer(), plugin.answer())}
        self.assertEqual(answers, {0: "undelivered", 1: "undelivered"})


if __name__ == "__main__":
    unittest.main()
