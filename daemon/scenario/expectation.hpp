// SPDX-License-Identifier: Apache-2.0
//
// Compares what happened with what a scenario expects: within the event names that the expectations
// mention, a missing and an extra event both fail. An expectation matches the fields that it names
// and the second that it names.
#pragma once

#include <string>
#include <vector>

#include "scenario/event_line.hpp"
#include "scenario/scenario.hpp"

namespace nape::scenario {

/// One sentence for each difference, naming the file and the line; none: all is as expected.
std::vector<std::string> differences(const Scenario& scenario,
                                     const std::vector<EventLine>& happened);

}  // namespace nape::scenario
