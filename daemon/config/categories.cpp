// SPDX-License-Identifier: Apache-2.0
#include "config/categories.hpp"

#include <array>

namespace nape::config {
namespace {

constexpr std::array<std::string_view, 13> names{"browser", "editor", "terminal", "mail",  "chat",
                                                 "office",  "media",  "meeting",  "files", "design",
                                                 "games",   "system", "other"};

struct BuiltIn {
  std::string_view pattern;
  std::string_view category;
};

// Narrow before wide: "thunderbird" before anything that a mail client's name could match.
// Judgement throughout.
constexpr BuiltIn built_in[] = {
    {"zoom*", "meeting"},
    {"us.zoom*", "meeting"},
    {"*teams*", "meeting"},
    {"*webex*", "meeting"},
    {"*jitsi*", "meeting"},
    {"*skype*", "meeting"},
    {"bigbluebutton*", "meeting"},
    {"*thunderbird*", "mail"},
    {"*evolution*", "mail"},
    {"*geary*", "mail"},
    {"*kmail*", "mail"},
    {"*claws-mail*", "mail"},
    {"*mailspring*", "mail"},
    {"betterbird*", "mail"},
    {"*slack*", "chat"},
    {"*discord*", "chat"},
    {"*telegram*", "chat"},
    {"*signal*", "chat"},
    {"*element*", "chat"},
    {"*mattermost*", "chat"},
    {"*rocket.chat*", "chat"},
    {"*pidgin*", "chat"},
    {"*hexchat*", "chat"},
    {"*dino*", "chat"},
    {"*firefox*", "browser"},
    {"navigator", "browser"},
    {"*chromium*", "browser"},
    {"*google-chrome*", "browser"},
    {"*brave*", "browser"},
    {"*vivaldi*", "browser"},
    {"*opera*", "browser"},
    {"*microsoft-edge*", "browser"},
    {"*librewolf*", "browser"},
    {"*epiphany*", "browser"},
    {"*falkon*", "browser"},
    {"*konqueror*", "browser"},
    {"*qutebrowser*", "browser"},
    {"*torbrowser*", "browser"},
    {"*tor browser*", "browser"},
    {"code", "editor"},
    {"code-oss", "editor"},
    {"*vscodium*", "editor"},
    {"*codium*", "editor"},
    {"*emacs*", "editor"},
    {"*gvim*", "editor"},
    {"*neovide*", "editor"},
    {"*sublime*", "editor"},
    {"*jetbrains*", "editor"},
    {"*eclipse*", "editor"},
    {"*android-studio*", "editor"},
    {"*qtcreator*", "editor"},
    {"*kdevelop*", "editor"},
    {"*gnome.builder*", "editor"},
    {"*gedit*", "editor"},
    {"*texteditor*", "editor"},
    {"*org.kde.kate*", "editor"},
    {"kate", "editor"},
    {"*kwrite*", "editor"},
    {"*mousepad*", "editor"},
    {"*geany*", "editor"},
    {"zed", "editor"},
    {"dev.zed.zed", "editor"},
    {"*rstudio*", "editor"},
    {"*xterm*", "terminal"},
    {"*terminal*", "terminal"},
    {"*konsole*", "terminal"},
    {"*kitty*", "terminal"},
    {"*alacritty*", "terminal"},
    {"*wezterm*", "terminal"},
    {"*urxvt*", "terminal"},
    {"foot", "terminal"},
    {"footclient", "terminal"},
    {"*tilix*", "terminal"},
    {"*terminator*", "terminal"},
    {"*gnome.console*", "terminal"},
    {"*ghostty*", "terminal"},
    {"st", "terminal"},
    {"st-256color", "terminal"},
    {"*libreoffice*", "office"},
    {"soffice*", "office"},
    {"*onlyoffice*", "office"},
    {"*calligra*", "office"},
    {"*gnumeric*", "office"},
    {"*abiword*", "office"},
    {"wps*", "office"},
    {"*evince*", "office"},
    {"*okular*", "office"},
    {"*zathura*", "office"},
    {"*xournal*", "office"},
    {"*obsidian*", "office"},
    {"*joplin*", "office"},
    {"*zotero*", "office"},
    {"vlc", "media"},
    {"*videolan*", "media"},
    {"mpv", "media"},
    {"*totem*", "media"},
    {"*celluloid*", "media"},
    {"*spotify*", "media"},
    {"*rhythmbox*", "media"},
    {"*elisa*", "media"},
    {"*kodi*", "media"},
    {"*audacious*", "media"},
    {"*strawberry*", "media"},
    {"*nautilus*", "files"},
    {"*dolphin*", "files"},
    {"*thunar*", "files"},
    {"*nemo*", "files"},
    {"*pcmanfm*", "files"},
    {"*caja*", "files"},
    {"*gimp*", "design"},
    {"*inkscape*", "design"},
    {"*krita*", "design"},
    {"*blender*", "design"},
    {"*figma*", "design"},
    {"*darktable*", "design"},
    {"*scribus*", "design"},
    {"*freecad*", "design"},
    {"*kdenlive*", "design"},
    {"*audacity*", "design"},
    {"steam*", "games"},
    {"*lutris*", "games"},
    {"*heroic*", "games"},
    {"*minecraft*", "games"},
    {"*retroarch*", "games"},
    {"*gnome-control-center*", "system"},
    {"*gnome.settings*", "system"},
    {"*systemsettings*", "system"},
    {"*pavucontrol*", "system"},
    {"*blueman*", "system"},
    {"*virt-manager*", "system"},
    {"*gparted*", "system"},
    {"*synaptic*", "system"},
    {"*system-monitor*", "system"},
    {"*xfce4-settings*", "system"},
};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Linear in practice and never exponential: only the last star is ever tried again.
bool matches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || lower(pattern[p]) == lower(text[t]))) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace

std::span<const std::string_view> category_names() { return names; }

std::string_view category_for(std::string_view application, std::span<const CategoryRule> rules) {
  if (application.empty()) return {};
  for (const CategoryRule& rule : rules) {
    if (matches(rule.pattern, application)) return rule.category;
  }
  for (const BuiltIn& rule : built_in) {
    if (matches(rule.pattern, application)) return rule.category;
  }
  return "other";
}

}  // namespace nape::config
