// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/class_comparison.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include "ui/compare/class_chooser.h"
#include "ui/compare/exemplars.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/widgets/matrix_grid.h"
#include "ui/widgets/matrix_view.h"

namespace ocellus {

namespace {

constexpr int Exemplars = 3;

} // namespace

ClassComparison::ClassComparison(Document& document, LiveAnswer& answer, QWidget* parent)
    : ComparePage(document, answer, parent),
      m_chooser(new ClassChooser(document, answer, this)),
      m_contrast(new QCheckBox(tr("&Differences"), this))
{
    m_contrast->setToolTip(tr("Rows of the first class's maps less those of each other class"));
    auto* bar = new QHBoxLayout;
    bar->addWidget(m_chooser, 1);
    bar->addWidget(m_contrast);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(bar);
    layout->addWidget(view(), 1);

    connect(m_chooser, &ClassChooser::classesChanged, this, &ClassComparison::refreshLater);
    connect(m_chooser, &ClassChooser::failed, this, &ClassComparison::failed);
    connect(m_chooser, &ClassChooser::evaluationWanted, this, &ClassComparison::evaluationWanted);
    connect(m_contrast, &QCheckBox::toggled, this, &ClassComparison::refreshLater);
    connect(view()->grid(), &MatrixGrid::cellChosen, this, &ClassComparison::takeCell);
    connect(view()->grid(), &MatrixGrid::rowChosen, this, &ClassComparison::takeRow);
    // Thumbnails come when they are there.
    connect(&document.pictures(), &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex&, const QModelIndex&, const QList<int>& roles) {
                if (roles.isEmpty() || roles.contains(Qt::DecorationRole))
                    refreshLater();
            });
}

const QList<int>& ClassComparison::classes() const
{
    return m_chooser->classes();
}

void ClassComparison::setClasses(const QList<int>& classes)
{
    m_chooser->setClasses(classes);
}

void ClassComparison::loadEvaluation(const std::filesystem::path& path)
{
    m_chooser->loadEvaluation(path);
}

void ClassComparison::refresh()
{
    const Explanation shown = answer().explanationOfHeads();
    if (shown.isEmpty()) {
        view()->showInvitation(shown.whyEmpty.isEmpty()
                                   ? tr("Open a checkpoint and a picture to compare what different classes look at.")
                                   : shown.whyEmpty);
        return;
    }
    if (shown.subject == MapSubject::Picture) {
        view()->showInvitation(shown.decoding->hasLogits()
                                   ? tr("This model's maps are where [CLS] looks: the same for every class, so classes "
                                        "have nothing to compare.")
                                   : tr("This model has no classes to compare."));
        return;
    }
    m_chooser->fillUp();
    std::vector<ClassOfMatrix> rows;
    for (const int classIndex : classes())
        rows.push_back({classIndex, document().classNames().label(classIndex),
                        document().headNotes().ofClass(classIndex),
                        exemplars(document().pictures(), classIndex, Exemplars, document().currentPicture())});
    if (rows.size() < ClassChooser::Least) {
        view()->showInvitation(tr("Add at least two classes to compare what they look at."));
        return;
    }
    view()->setMatrix(classMatrix(shown, rows, m_contrast->isChecked()));
}

void ClassComparison::takeCell(int row, int column)
{
    const MatrixCell& cell =
        view()->matrix().rows[static_cast<std::size_t>(row)].cells[static_cast<std::size_t>(column)];
    m_chooser->setRemovable(classOf(row));
    if (cell.tile)
        document().setHead(cell.tile->head);
}

void ClassComparison::takeRow(int row)
{
    m_chooser->setRemovable(classOf(row));
    if (classOf(row) >= 0)
        document().setCurrentClass(classOf(row));
}

int ClassComparison::classOf(int row) const
{
    return row < classes().size() ? classes()[row] : -1;
}

} // namespace ocellus
