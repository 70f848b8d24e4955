// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QList>
#include <QString>
#include <QWidget>

class QComboBox;
class QPlainTextEdit;

namespace ocellus {

enum class LogLevel { Done, Information, Warning, Error }; ///< Done: what the user did, the history

/// What happened, with time and level, and the history of what was done.
class LogPanel : public QWidget {
    Q_OBJECT

public:
    static constexpr int MaximumEntries = 10'000; ///< the oldest go first

    explicit LogPanel(QWidget* parent = nullptr);

    void append(LogLevel level, const QString& text, const QDateTime& time = QDateTime::currentDateTime());
    void clear();
    /// The lines that pass the filter, as copied.
    QString text() const;

private:
    struct Entry {
        QDateTime time;
        LogLevel level;
        QString text;
    };

    bool passes(const Entry& entry) const;
    static QString line(const Entry& entry);
    void refill();
    void copyAll();

    QList<Entry> m_entries;
    QComboBox* m_filter;
    QPlainTextEdit* m_view;
};

} // namespace ocellus
