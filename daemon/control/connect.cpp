// SPDX-License-Identifier: Apache-2.0
#include "control/connect.hpp"

#include <google/protobuf/message.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "control/http_guard.hpp"
#include "control/json_shape.hpp"
#include "core/text.hpp"
#include "voice/tr.hpp"

namespace nape::control {
namespace {

constexpr int deepest_nesting = 32;
constexpr const char* json_type = "application/json";
constexpr const char* proto_type = "application/proto";

struct CodeWord {
  std::string_view word;
  int status;
};

// In the order of the enumerators.
constexpr std::array code_words{
    CodeWord{"invalid_argument", 400},
    CodeWord{"not_found", 404},
    CodeWord{"failed_precondition", 400},
    CodeWord{"out_of_range", 400},
    CodeWord{"deadline_exceeded", 504},
    CodeWord{"resource_exhausted", 429},
    CodeWord{"unimplemented", 501},
    CodeWord{"unavailable", 503},
    CodeWord{"internal", 500},
};

HttpResponse error_body(int status, std::string_view code, std::string_view message) {
  return {status,
          json_type,
          "{\"code\":\"" + std::string(code) + "\",\"message\":" + json_quoted(message) + "}",
          {}};
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Both codecs are UTF-8 by definition; a client may say so.
bool are_parameters_fine(std::string_view parameters) {
  while (!parameters.empty()) {
    const auto end = parameters.find(';');
    const std::string_view one = trimmed(parameters.substr(0, end));
    parameters = end == std::string_view::npos ? std::string_view{} : parameters.substr(end + 1);
    const auto equals = one.find('=');
    if (!same_word(one.substr(0, equals), "charset")) continue;
    std::string_view value =
        equals == std::string_view::npos ? std::string_view{} : one.substr(equals + 1);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
      value = value.substr(1, value.size() - 2);
    if (!same_word(value, "utf-8")) return false;
  }
  return true;
}

std::optional<Codec> codec_of(std::string_view content_type) {
  const auto semicolon = content_type.find(';');
  const std::string_view type = trimmed(content_type.substr(0, semicolon));
  if (semicolon != std::string_view::npos &&
      !are_parameters_fine(content_type.substr(semicolon + 1)))
    return std::nullopt;
  if (same_word(type, json_type)) return Codec::json;
  if (same_word(type, proto_type)) return Codec::proto;
  return std::nullopt;
}

/// The time-out in `header`; nothing if it is not one to ten digits that make a positive number.
std::optional<Duration> timeout_of(const std::string& header) {
  std::int64_t milliseconds = 0;
  const char* end = header.data() + header.size();
  const auto read = std::from_chars(header.data(), end, milliseconds);
  if (header.size() > 10 || read.ec != std::errc{} || read.ptr != end || milliseconds <= 0)
    return std::nullopt;
  return Duration(milliseconds);
}

HttpResponse refuse_type() {
  HttpResponse response =
      error_body(415, "unknown", tr("Send application/json or application/proto, in UTF-8."));
  response.headers = {{"Accept-Post", "application/json, application/proto"}};
  return response;
}

HttpResponse refuse_verb() {
  HttpResponse response = error_body(405, "unknown", tr("Only POST is answered here."));
  response.headers = {{"Allow", "POST"}};
  return response;
}

/// protobuf's own text about a bad body may hold bytes of it, so only one thing is taken from it:
/// the name of a field that does not exist, if it looks like a name.
std::string json_complaint(std::string_view error) {
  constexpr std::string_view missing = ": Cannot find field.";
  if (const auto at = error.find(missing); at != std::string_view::npos) {
    std::string_view name = error.substr(0, at);
    if (const auto space = name.find_last_of(" ("); space != std::string_view::npos)
      name = name.substr(space + 1);
    const auto plain = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    };
    if (!name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), plain)) {
      return say("There is no field \"{0}\" in this request.", name);
    }
    return tr("The request has a field that does not exist.");
  }
  return tr(
      "The body is not the JSON object that this method takes: a syntax error, or a value of the "
      "wrong type.");
}

}  // namespace

std::variant<Call, HttpResponse> accept_call(const HttpRequest& request) {
  if (request.method != "POST") return refuse_verb();
  const std::optional<Codec> codec = codec_of(request.header("Content-Type"));
  if (!codec) return refuse_type();
  Call call{*codec, std::nullopt};
  const std::string version = request.header("Connect-Protocol-Version");
  if (!version.empty() && version != "1") {
    return refuse({Code::invalid_argument, tr("Connect-Protocol-Version must be 1.")});
  }
  const std::string encoding = request.header("Content-Encoding");
  if (!encoding.empty() && !same_word(encoding, "identity")) {
    return refuse({Code::unimplemented,
                   tr("Compressed bodies are not read here; supported encodings: identity.")});
  }
  if (const std::string timeout = request.header("Connect-Timeout-Ms"); !timeout.empty()) {
    call.timeout = timeout_of(timeout);
    if (!call.timeout) {
      return refuse({Code::invalid_argument,
                     tr("Connect-Timeout-Ms must be a positive number of at most ten digits.")});
    }
  }
  return call;
}

std::optional<Problem> decode(Codec codec, const std::string& body,
                              google::protobuf::Message& message) {
  if (codec == Codec::proto) {
    if (message.ParseFromString(body)) return std::nullopt;
    return Problem{Code::invalid_argument,
                   say("The body is not a {0}.", message.GetDescriptor()->full_name())};
  }
  // Arrays nest without limit in protobuf 3.21's reader.
  if (nests_deeper_than(body, deepest_nesting)) {
    return Problem{Code::invalid_argument,
                   say("The body nests deeper than {0} levels.", deepest_nesting)};
  }
  if (!is_object(body)) {
    return Problem{Code::invalid_argument, tr("The body must be a JSON object, {} at least.")};
  }
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = false;
  const auto status = google::protobuf::util::JsonStringToMessage(body, &message, options);
  if (status.ok()) return std::nullopt;
  return Problem{Code::invalid_argument,
                 json_complaint({status.message().data(), status.message().size()})};
}

HttpResponse encode(Codec codec, const google::protobuf::Message& message) {
  if (codec == Codec::proto) return {200, proto_type, message.SerializeAsString(), {}};
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  HttpResponse response{200, json_type, {}, {}};
  const auto status = google::protobuf::util::MessageToJsonString(message, &response.body, options);
  if (!status.ok()) return refuse({Code::internal, tr("The answer cannot be told as JSON.")});
  return response;
}

HttpResponse refuse(const Problem& problem) {
  const CodeWord& code = code_words.at(static_cast<std::size_t>(problem.code));
  return error_body(code.status, code.word, problem.message);
}

HttpResponse refuse_method() {
  return error_body(501, "unimplemented",
                    tr("There is no such method; proto/nape/v1/control.proto lists them."));
}

}  // namespace nape::control
