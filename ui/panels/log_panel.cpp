// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/log_panel.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QVBoxLayout>

namespace ocellus {

namespace {

enum Filter { Everything, WhatWasDone, Problems };

} // namespace

LogPanel::LogPanel(QWidget* parent) : QWidget(parent), m_filter(new QComboBox), m_view(new QPlainTextEdit)
{
    m_filter->addItems({tr("Everything"), tr("History: what was done"), tr("Warnings and errors")});
    m_filter->setAccessibleName(tr("Lines shown"));
    m_filter->setToolTip(tr("Which lines are shown and copied"));
    m_view->setReadOnly(true);
    m_view->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_view->setMaximumBlockCount(MaximumEntries);
    m_view->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_view->setAccessibleName(tr("Log"));
    m_view->setPlaceholderText(tr("Nothing has happened yet."));
    auto* copy = new QToolButton;
    copy->setText(tr("Copy all"));
    copy->setToolTip(tr("Copies the lines shown to the clipboard, for a report"));
    copy->setFocusPolicy(Qt::StrongFocus);
    connect(copy, &QToolButton::clicked, this, &LogPanel::copyAll);
    connect(m_filter, &QComboBox::currentIndexChanged, this, &LogPanel::refill);

    auto* row = new QHBoxLayout;
    row->addWidget(m_filter);
    row->addStretch();
    row->addWidget(copy);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(row);
    layout->addWidget(m_view, 1);
}

void LogPanel::append(LogLevel level, const QString& text, const QDateTime& time)
{
    m_entries.append({time, level, text});
    if (m_entries.size() > MaximumEntries)
        m_entries.removeFirst();
    if (passes(m_entries.last()))
        m_view->appendPlainText(line(m_entries.last()));
}

void LogPanel::clear()
{
    m_entries.clear();
    m_view->clear();
}

QString LogPanel::text() const
{
    return m_view->toPlainText();
}

bool LogPanel::passes(const Entry& entry) const
{
    switch (m_filter->currentIndex()) {
    case WhatWasDone: return entry.level == LogLevel::Done;
    case Problems: return entry.level == LogLevel::Warning || entry.level == LogLevel::Error;
    default: return true;
    }
}

QString LogPanel::line(const Entry& entry)
{
    QString level;
    switch (entry.level) {
    case LogLevel::Done: level = tr("done"); break;
    case LogLevel::Information: level = tr("info"); break;
    case LogLevel::Warning: level = tr("warning"); break;
    case LogLevel::Error: level = tr("error"); break;
    }
    // One entry is one line, whatever a file's name or a message holds.
    return QStringLiteral("%1  %2  %3")
        .arg(entry.time.toString(QStringLiteral("HH:mm:ss")), level, entry.text.simplified());
}

void LogPanel::refill()
{
    QStringList lines;
    for (const Entry& entry : m_entries)
        if (passes(entry))
            lines << line(entry);
    m_view->setPlainText(lines.join(QLatin1Char('\n')));
    m_view->moveCursor(QTextCursor::End);
}

void LogPanel::copyAll()
{
    QGuiApplication::clipboard()->setText(text());
}

} // namespace ocellus
