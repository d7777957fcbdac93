// SPDX-License-Identifier: Apache-2.0
#include "x11/x11_sensor.hpp"

int main(int argc, char** argv) {
  nape::x11::X11Sensor sensor;
  return nape::sdk::run(sensor, argc, argv);
}
