// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>

#include <QString>

#include "ui/document/settings.h"
#include "ui/engine/failure.h"
#include "ui/files/file_dialogs.h"

namespace ocellus {

/// The path with an ending of the filter, "PNG (*.png);;SVG (*.svg)": its own where the filter has it, else the
/// proposed name's ending after it, so that no file has the name of another kind.
QString pathForFilter(const QString& path, const QString& filter, const QString& proposedName);

/// Asks where a result is to be written, and how it went.
class SaveQuestion {
public:
    using Answer = std::function<void(const QString& path)>;
    using Refusal = std::function<void(const Failure& failure)>;

    /// All must outlive the answer.
    SaveQuestion(AskForFiles ask, Settings& settings, QWidget* window)
        : m_ask(std::move(ask)),
          m_settings(settings),
          m_window(window)
    {
    }

    /// Proposes a safe name in the last folder and remembers the folder that is chosen. The answer gets
    /// pathForFilter(); where that is another path than the one that was chosen and there is a file, which nobody was
    /// asked about, the refusal is called instead.
    void ask(const QString& title, const QString& filter, const QString& proposedName, Answer answer,
             Refusal refused) const;

private:
    AskForFiles m_ask;
    Settings& m_settings;
    QWidget* m_window;
};

} // namespace ocellus
