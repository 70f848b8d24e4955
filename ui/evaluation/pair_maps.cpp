// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evaluation/pair_maps.h"

#include <QVBoxLayout>

#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/engine/paths.h"
#include "ui/widgets/matrix_view.h"

namespace ocellus {

PairMaps::PairMaps(Document& document, LiveAnswer& answer, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_answer(answer),
      m_view(new MatrixView(this)),
      m_run(answer.controller())
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_view);
    connect(&m_run, &BatchRun::finished, this, &PairMaps::showMaps);
    connect(&m_run, &BatchRun::failed, this, [this](const Failure& failure) {
        m_run.cancel();
        showText(summary(failure));
    });
    // Another model is open, or other settings: its maps are others.
    connect(&answer.controller(), &EngineController::backgroundCleared, this,
            [this] { showText(tr("Choose a picture to see where the model looked for each of the two.")); });
    connect(&document, &Document::headChanged, this, &PairMaps::showMaps);
    connect(&document, &Document::displayChanged, this, &PairMaps::showMaps);
    showText({});
}

void PairMaps::showText(const QString& text)
{
    m_run.cancel();
    m_picture.clear();
    m_explained = {};
    m_view->showInvitation(text);
}

void PairMaps::show(const LabelledPicture& picture, int trueClass, int named)
{
    if (!m_document.model() || m_document.model()->offer.maps != MapSubject::Classes) {
        showText(tr("This model has no maps of single classes."));
        return;
    }
    showText(tr("The model is being asked…"));
    m_picture = picture.file.path;
    m_crop = picture.crop;
    m_classes = {trueClass, named};
    ask();
}

void PairMaps::ask()
{
    std::vector<EngineUnit> units;
    for (std::size_t i = 0; i < (m_classes[0] == m_classes[1] ? 1 : 2); ++i) {
        WantedPicture wanted{requestFor(m_document, m_picture), m_classes[i], false};
        wanted.request.edits = {}; // the evaluation is of the files, or of a part of them
        if (m_crop)
            wanted.request.edits = {{tr("Crop of the data set").toStdString(), {}, Crop{*m_crop}}};
        wanted.request.set = {};
        units.push_back(explainingUnit(std::move(wanted),
                                       [this, i](const ExplainedPicture& explained) { m_explained[i] = explained; }));
    }
    m_run.start(std::move(units));
}

void PairMaps::showMaps()
{
    if (m_picture.empty() || m_run.isRunning() || !m_explained[0])
        return;
    MapMatrix matrix;
    matrix.title = toQString(m_picture.filename());
    MatrixRow& row = matrix.rows.emplace_back();
    for (std::size_t i = 0; i < m_explained.size(); ++i) {
        if (!m_explained[i] || !m_explained[i]->decoding)
            continue;
        Explanation shown = explanationOf(*m_explained[i], m_document, m_answer.explanationOfHeads());
        const MatrixRow heads = headRow(shown, {});
        if (heads.cells.empty())
            continue;
        const auto head = std::min(static_cast<std::size_t>(m_document.head()), heads.cells.size() - 1);
        MatrixCell cell = heads.cells[head];
        cell.caption.clear(); // the column says it
        matrix.columns += i == 0 ? tr("It is %1").arg(m_document.classNames().name(shown.classIndex))
                                 : tr("Named as %1").arg(m_document.classNames().name(shown.classIndex));
        row.cells.push_back(std::move(cell));
    }
    if (row.cells.empty())
        return;
    shareScales(matrix);
    m_view->setMatrix(matrix);
}

} // namespace ocellus
