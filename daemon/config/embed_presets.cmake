# SPDX-License-Identifier: Apache-2.0
# Writes OUT, a table of (name, text), from the TOML files FILES.
set(rows "")
foreach(file ${FILES})
  get_filename_component(name ${file} NAME_WE)
  file(READ ${file} text)
  string(APPEND rows "    {\"${name}\",\n     R\"toml(${text})toml\"},\n")
endforeach()
list(LENGTH FILES count)
file(WRITE ${OUT} "// Generated from packaging/policies.
#include \"config/presets_data.hpp\"

namespace nape::config {
namespace {
constexpr PresetText rows[] = {
${rows}};
}  // namespace

std::span<const PresetText> preset_texts() { return rows; }

}  // namespace nape::config
")
