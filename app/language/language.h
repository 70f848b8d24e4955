// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCoreApplication;

namespace ocellus {

/// Gives the application the words of the user's language where there is a catalogue of it, else English ones with
/// English numbers and dates: words in one language and numbers in another would be read wrongly. Texts that are made
/// before have no plural forms.
void speakUsersLanguage(QCoreApplication& application);

} // namespace ocellus
