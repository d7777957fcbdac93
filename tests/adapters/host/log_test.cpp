// SPDX-License-Identifier: Apache-2.0
#include "host/log.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace nape::host {
namespace {

class ManualClock final : public Clock {
 public:
  Reading read() override { return reading; }
  void advance(Duration by) { reading.now = reading.now.after(by); }
  Reading reading{{BootTime(std::chrono::hours(1)), WallTime(Duration(1'700'000'000'123))}, {}};
};

class Logs : public testing::Test {
 protected:
  Logs() {
    if (pipe(ends_.data()) != 0) std::abort();
  }
  ~Logs() override {
    close(ends_[0]);
    if (ends_[1] >= 0) close(ends_[1]);
  }
  std::string written() {
    close(ends_[1]);
    ends_[1] = -1;
    std::string all;
    std::array<char, 4096> bytes;
    for (ssize_t n = 0; (n = read(ends_[0], bytes.data(), bytes.size())) > 0;) {
      all.append(bytes.data(), static_cast<std::size_t>(n));
    }
    return all;
  }

  std::array<int, 2> ends_{};
  ManualClock clock_;
};

TEST_F(Logs, under_the_journal_a_line_carries_its_priority_and_no_time) {
  Log log(clock_, ends_[1], Log::Form::journal);
  log.write(Severity::warning, "the disk is full");
  log.write(Severity::debug, "not wanted");
  EXPECT_EQ(written(), "<4>the disk is full\n");
}

TEST_F(Logs, elsewhere_a_line_carries_the_time) {
  setenv("TZ", "UTC", 1);
  tzset();
  Log log(clock_, ends_[1], Log::Form::stamped);
  log.write(Severity::info, "hello");
  EXPECT_EQ(written(), "2023-11-14 22:13:20.123 hello\n");
}

TEST_F(Logs, the_journals_form_is_for_the_journals_own_stream_only) {
  unsetenv("JOURNAL_STREAM");
  EXPECT_EQ(Log::form_for(ends_[1]), Log::Form::stamped);
  struct stat opened {};
  fstat(ends_[1], &opened);
  const std::string own = std::to_string(opened.st_dev) + ":" + std::to_string(opened.st_ino);
  setenv("JOURNAL_STREAM", own.c_str(), 1);
  EXPECT_EQ(Log::form_for(ends_[1]), Log::Form::journal);
  EXPECT_EQ(Log::form_for(STDERR_FILENO), Log::Form::stamped);
  unsetenv("JOURNAL_STREAM");
}

TEST_F(Logs, one_key_gets_ten_lines_a_minute_and_the_rest_is_counted) {
  Log log(clock_, ends_[1], Log::Form::journal);
  for (int i = 0; i < 25; ++i) log.write_limited(Severity::info, "x11", "again");
  log.write_limited(Severity::info, "notify", "once");
  clock_.advance(std::chrono::minutes(1));
  log.write_limited(Severity::info, "x11", "later");
  const std::string all = written();
  EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 10 + 1 + 2);
  EXPECT_NE(all.find("<6>once\n<6>x11: 15 more lines were left out\n<6>later\n"), std::string::npos)
      << all;
}

TEST(Printable, escapes_what_could_forge_a_line_or_paint_the_terminal) {
  EXPECT_EQ(printable("two\nlines\x1b[31m\x7f"), "two\\x0alines\\x1b[31m\\x7f");
  EXPECT_EQ(printable("\xc2\x9b"), "\\xc2\\x9b") << "a control character of Latin-1";
  EXPECT_EQ(printable("gr\xc3\xbc\xc3\x9f Dich, \xe2\x82\xac"),
            "gr\xc3\xbc\xc3\x9f Dich, \xe2\x82\xac");
  EXPECT_EQ(printable("\xc3"), "\\xc3");
  EXPECT_EQ(printable("\xed\xa0\x80\xc0\xaf"), "\\xed\\xa0\\x80\\xc0\\xaf");
  EXPECT_EQ(printable("abcdef", 3), "abc...");
}

}  // namespace
}  // namespace nape::host
