// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/figure_commands.h"

#include <utility>

#include <QDir>
#include <QJsonDocument>
#include <QScopedValueRollback>

#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/engine/paths.h"
#include "ui/figure_dialog/figure_dialog.h"
#include "ui/figures/figure_writer.h"
#include "ui/figures/plate_figure.h"

namespace ocellus {

FigureCommands::FigureCommands(Document& document, LiveAnswer& answer, Settings& settings, AskForFiles ask,
                               AskForView view, QWidget* window)
    : QObject(window),
      m_document(document),
      m_answer(answer),
      m_settings(settings),
      m_view(std::move(view)),
      m_window(window),
      m_ask(std::move(ask))
{
    m_later.setSingleShot(true);
    m_later.setInterval(0);
    connect(&m_later, &QTimer::timeout, this, [this] {
        if (m_dialog)
            m_dialog->setMatrix(shown());
    });
    connect(&answer, &LiveAnswer::explanationChanged, this, &FigureCommands::follow);
    connect(&document, &Document::figureChanged, this, [this] {
        if (m_dialog && !m_keeping)
            m_dialog->setOptions(options());
    });
    connect(&m_exporter, &Exporter::failed, this, &FigureCommands::tellFailure);
    connect(&m_exporter, &Exporter::written, this,
            [this](const QString& path) { tell(tr("Wrote %1").arg(QDir::toNativeSeparators(path))); });
}

FigureDialog* FigureCommands::dialog() const
{
    return m_dialog;
}

void FigureCommands::open()
{
    if (!m_dialog) {
        // Which rows were left out says nothing about those of another table.
        PlateOptions kept = options();
        kept.hiddenRows.clear();
        kept.hiddenColumns.clear();
        m_dialog = new FigureDialog(kept, m_window);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_dialog, &FigureDialog::optionsChanged, this, &FigureCommands::keep);
        connect(m_dialog, &FigureDialog::exportRequested, this, &FigureCommands::write);
        m_dialog->setMatrix(shown());
    }
    m_dialog->show();
    m_dialog->raise();
    m_dialog->activateWindow();
}

void FigureCommands::follow()
{
    if (m_dialog)
        m_later.start();
}

std::optional<MapMatrix> FigureCommands::shown() const
{
    if (const auto matrix = m_view().matrix)
        return matrix;
    const Explanation explanation = m_answer.explanation();
    return explanation.isEmpty() ? std::nullopt : std::optional(headMatrix(explanation));
}

PlateOptions FigureCommands::options() const
{
    if (m_document.figure())
        return *m_document.figure();
    return plateOptionsOf(QJsonDocument::fromJson(m_settings.text(Setting::Figure).toUtf8()).object());
}

void FigureCommands::keep(const PlateOptions& options)
{
    const QScopedValueRollback keeping(m_keeping, true);
    m_document.setFigure(options);
    // Which heads and classes is a question of this work alone.
    PlateOptions general = options;
    general.hiddenHeads.clear();
    general.hiddenClasses.clear();
    m_settings.setValue(Setting::Figure,
                        QString::fromUtf8(QJsonDocument(jsonOf(general)).toJson(QJsonDocument::Compact)));
}

void FigureCommands::write(const MapMatrix& matrix, const PlateOptions& options)
{
    const ShownView view = m_view();
    const QString proposed = proposedFileName(m_answer.explanation(), view.matrix ? view : ShownView()) +
                             QStringLiteral("-figure.pdf"); // without a table tiles, whatever the page shows
    const SaveQuestion question(m_ask, m_settings, m_dialog ? m_dialog.data() : m_window); // above the dialog
    question.ask(
        tr("Export figure for a paper"), tr("PDF (*.pdf);;SVG (*.svg);;PNG (*.png)"), proposed,
        [this, matrix, options](const QString& path) {
            m_exporter.write(path, [path, matrix, options] {
                writeFigure(toPath(path), figureOf(plateOf(matrix, options)), options.dotsPerInch);
            });
        },
        [this](const Failure& why) { tellFailure(why); });
}

void FigureCommands::tell(const QString& what)
{
    if (m_dialog)
        m_dialog->tell(what);
    emit done(what);
}

void FigureCommands::tellFailure(const Failure& failure)
{
    if (m_dialog)
        m_dialog->tell(failure.wayOut.isEmpty() ? summary(failure)
                                                : QStringLiteral("%1. %2").arg(summary(failure), failure.wayOut));
    emit failed(failure);
}

} // namespace ocellus
