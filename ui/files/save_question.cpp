// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/save_question.h"

#include <exception>
#include <utility>

#include <QFileInfo>
#include <QRegularExpression>

#include "core/base/error.h"
#include "core/io/file_name.h"

namespace ocellus {

QString pathForFilter(const QString& path, const QString& filter, const QString& proposedName)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    const QRegularExpression pattern(QStringLiteral("\\*\\.([\\w-]+)"));
    for (const QRegularExpressionMatch& match : pattern.globalMatch(filter))
        if (match.captured(1).toLower() == suffix)
            return path;
    return path + '.' + QFileInfo(proposedName).suffix();
}

void SaveQuestion::ask(const QString& title, const QString& filter, const QString& proposedName, Answer answer,
                       Refusal refused) const
{
    const QString safeName = QString::fromStdString(safeFileName(proposedName.toStdString()));
    const FileQuestion question{FileQuestion::Kind::Save, title, m_settings.text(Setting::LastFolder), filter,
                                safeName};
    m_ask(m_window, question,
          [&settings = m_settings, filter, safeName, answer = std::move(answer),
           refused = std::move(refused)](const QStringList& paths) {
              if (paths.isEmpty())
                  return;
              const QString path = pathForFilter(paths.first(), filter, safeName);
              settings.setValue(Setting::LastFolder, QFileInfo(path).absolutePath());
              if (path == paths.first() || !QFileInfo::exists(path))
                  return answer(path);
              const Error error(ErrorCode::BadArgument, path.toStdString(),
                                "the name that was chosen has another ending, and this file exists",
                                "Choose this name itself to replace it, or another one.");
              refused(failureOf(Step::Export, std::make_exception_ptr(error)));
          });
}

} // namespace ocellus
