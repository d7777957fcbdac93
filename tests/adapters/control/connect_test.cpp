// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "nape/v1/control.pb.h"
#include "tests/adapters/control/api.hpp"

namespace nape::tests {
namespace {

using control::HttpRequest;
using control::HttpResponse;

std::string header(const HttpResponse& response, const std::string& name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

void expect_refused(const HttpResponse& response, int status, const std::string& code) {
  EXPECT_EQ(response.status, status) << response.body;
  EXPECT_EQ(response.content_type, "application/json");
  EXPECT_EQ(response.body.rfind("{\"code\":\"" + code + "\",\"message\":\"", 0), 0U)
      << response.body;
}

TEST(Connect, json_and_binary_answers_tell_the_same) {
  Api api;
  const HttpResponse json = api.call("Status");
  const HttpResponse binary = api.call(Api::request("Status", "", "application/proto"));
  EXPECT_EQ(json.content_type, "application/json");
  EXPECT_EQ(binary.content_type, "application/proto");
  v1::StatusResponse from_json;
  v1::StatusResponse from_binary;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(json.body, &from_json).ok());
  ASSERT_TRUE(from_binary.ParseFromString(binary.body));
  EXPECT_EQ(from_json.SerializeAsString(), from_binary.SerializeAsString());
}

TEST(Connect, json_keeps_the_names_of_the_schema_and_leaves_no_plain_field_out) {
  Api api;
  const std::string body = api.call("Status").body;
  EXPECT_NE(body.find("\"at_unix_seconds\":1772450430"), std::string::npos) << body;
  EXPECT_NE(body.find("\"locked\":false"), std::string::npos) << body;
  EXPECT_EQ(body.find("paused_until_unix_seconds"), std::string::npos) << body;
}

TEST(Connect, requests_may_use_either_spelling_of_a_name) {
  Api api;
  EXPECT_EQ(api.call("Pause", R"({"length_seconds":60})").status, 200);
  EXPECT_EQ(api.call("Pause", R"({"lengthSeconds":60})").status, 200);
  EXPECT_EQ(api.backend.said.size(), 2U);
}

TEST(Connect, a_content_type_may_be_in_any_case_and_name_its_charset) {
  Api api;
  for (const char* type :
       {"application/json", "Application/JSON; charset=utf-8", "application/json;charset=\"UTF-8\"",
        "application/json ; boundary=x ; charset=utf-8"}) {
    EXPECT_EQ(api.call(Api::request("Status", "{}", type)).status, 200) << type;
  }
}

TEST(Connect, other_content_types_are_refused_with_those_that_would_do) {
  Api api;
  for (const char* type :
       {"", "text/plain", "application/connect+json", "application/json; charset=latin1",
        "application/jsonx", "application/grpc", "multipart/form-data; boundary=x"}) {
    const HttpResponse response = api.call(Api::request("Status", "{}", type));
    expect_refused(response, 415, "unknown");
    EXPECT_EQ(header(response, "Accept-Post"), "application/json, application/proto") << type;
  }
}

TEST(Connect, other_verbs_are_refused_with_the_one_that_would_do) {
  Api api;
  for (const char* verb : {"GET", "PUT", "DELETE", "OPTIONS"}) {
    HttpRequest request = Api::request("Status", "{}");
    request.method = verb;
    const HttpResponse response = api.call(request);
    expect_refused(response, 405, "unknown");
    EXPECT_EQ(header(response, "Allow"), "POST");
  }
}

TEST(Connect, unknown_methods_are_unimplemented_and_not_echoed) {
  Api api;
  for (const char* method : {"", "status", "Status/", "Nope\xff", "../Status"}) {
    const HttpResponse response = api.call(Api::request(method, "{}"));
    expect_refused(response, 501, "unimplemented");
    EXPECT_EQ(response.body.find("Nope"), std::string::npos);
  }
  HttpRequest elsewhere = Api::request("Status", "{}");
  elsewhere.path = "/nape.v2.Control/Status";
  expect_refused(api.call(elsewhere), 501, "unimplemented");
}

TEST(Connect, compressed_bodies_are_unimplemented_and_identity_is_not) {
  Api api;
  HttpRequest request = Api::request("Status", "{}");
  request.headers.emplace_back("Content-Encoding", "gzip");
  const HttpResponse response = api.call(request);
  expect_refused(response, 501, "unimplemented");
  EXPECT_NE(response.body.find("identity"), std::string::npos);
  request.headers.back().second = "identity";
  EXPECT_EQ(api.call(request).status, 200);
}

TEST(Connect, the_protocol_version_may_be_left_out_but_not_be_another) {
  Api api;
  HttpRequest request = Api::request("Status", "{}");
  request.headers.emplace_back("Connect-Protocol-Version", "1");
  EXPECT_EQ(api.call(request).status, 200);
  request.headers.back().second = "2";
  expect_refused(api.call(request), 400, "invalid_argument");
}

TEST(Connect, a_time_out_is_one_to_ten_digits) {
  Api api;
  HttpRequest request = Api::request("Status", "{}");
  request.headers.emplace_back("Connect-Timeout-Ms", "9999999999");
  EXPECT_EQ(api.call(request).status, 200);
  for (const char* bad : {"0", "-5", "1.5", "soon", "10000000000", "5 ", "+5"}) {
    request.headers.back().second = bad;
    expect_refused(api.call(request), 400, "invalid_argument");
  }
}

TEST(Connect, malformed_json_is_refused_without_its_bytes) {
  Api api;
  for (const char* body :
       {"", "{", "[]", "null", "42", "\"x\"", "{\"kind\":}", "{\"kind\":3}",
        "{\"kind\":\"\xff\xfe\"}", "{\"\xff\xfe\":1}", "{\"last\":-1}", "{\"last\":1e99}",
        "{\"kind\":\"a\"} {}", "{\"kind\":\"\\ud800\"}", "\xff\xff\xff"}) {
    const HttpResponse response = api.call("Why", body);
    expect_refused(response, 400, "invalid_argument");
    EXPECT_EQ(response.body.find('\xff'), std::string::npos) << body;
  }
  EXPECT_EQ(api.backend.why_asked.second, 0U);
}

TEST(Connect, malformed_protobuf_is_refused_by_the_name_of_the_message) {
  Api api;
  for (const std::string& body : {std::string("\x0a\xff"), std::string("\xff\xff\xff\xff"),
                                  std::string("\x0a\x02\xff\xfe")}) {
    const HttpResponse response = api.call(Api::request("Why", body, "application/proto"));
    expect_refused(response, 400, "invalid_argument");
    EXPECT_NE(response.body.find("nape.v1.WhyRequest"), std::string::npos) << response.body;
  }
}

TEST(Connect, a_field_that_does_not_exist_is_named_if_it_is_a_name) {
  Api api;
  const HttpResponse plain = api.call("Why", R"({"knd":"rest"})");
  expect_refused(plain, 400, "invalid_argument");
  EXPECT_NE(plain.body.find("\\\"knd\\\""), std::string::npos) << plain.body;
  const HttpResponse odd = api.call("Why", "{\"<script>\xc3\x28\":1}");
  expect_refused(odd, 400, "invalid_argument");
  EXPECT_EQ(odd.body.find("script"), std::string::npos) << odd.body;
}

TEST(Connect, nesting_is_limited_for_objects_and_for_arrays) {
  Api api;
  const std::string arrays =
      "{\"kind\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}";
  expect_refused(api.call("Why", arrays), 400, "invalid_argument");
  std::string objects = "{}";
  for (int depth = 0; depth < 40; ++depth) objects = "{\"a\":" + objects + "}";
  const HttpResponse response = api.call("Why", objects);
  expect_refused(response, 400, "invalid_argument");
  EXPECT_NE(response.body.find("32"), std::string::npos) << response.body;
  // Brackets in strings nest nothing.
  EXPECT_EQ(api.call("Why", "{\"kind\":\"" + std::string(50, '[') + "\\\"{\"}").status, 404);
}

TEST(Connect, text_of_plugins_and_programs_is_cleaned_before_it_is_sent) {
  Api api;
  api.backend.now.application = "caf\xe9";
  api.backend.programs[0].last_words = "\xed\xa0\x80 bad \"quote\"\n";
  EXPECT_EQ(api.ask<v1::StatusResponse>("Status").application(), "caf\xef\xbf\xbd");
  EXPECT_EQ(api.ask<v1::PluginsResponse>("Plugins").plugins(0).last_words(),
            "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd bad \"quote\"\n");
  api.backend.failure = Error{"disk \xff\x01\"full\""};
  EXPECT_EQ(api.call("Today").body,
            "{\"code\":\"unavailable\",\"message\":\"disk \xef\xbf\xbd\\u0001\\\"full\\\"\"}");
}

}  // namespace
}  // namespace nape::tests
