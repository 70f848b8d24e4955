// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figure_dialog/plate_form.h"

#include <algorithm>
#include <array>

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFontComboBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QScopedValueRollback>
#include <QSpinBox>
#include <QVBoxLayout>

#include "ui/figure_dialog/plate_choice.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/number_text.h"
#include "ui/figures/plate_text.h"

namespace ocellus {

namespace {

constexpr std::array overlays{OverlayRule::Transparent, OverlayRule::Flat,       OverlayRule::Contours,
                              OverlayRule::Spotlight,   OverlayRule::HeatOnGrey, OverlayRule::Mass};
constexpr std::array valueScales{ValueScale::Linear, ValueScale::SquareRoot, ValueScale::Logarithmic};

/// In the order of an enumeration.
QComboBox* comboOf(const QStringList& rows)
{
    auto* box = new QComboBox;
    box->addItems(rows);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(12);
    return box;
}

QDoubleSpinBox* numberOf(double least, double most, int decimals, const QString& unit)
{
    auto* box = new QDoubleSpinBox;
    box->setDecimals(decimals);
    box->setRange(least, most);
    box->setSuffix(unit);
    box->setKeyboardTracking(false);
    return box;
}

QSpinBox* countOf(int least, int most, const QString& unit)
{
    auto* box = new QSpinBox;
    box->setRange(least, most);
    box->setSuffix(unit);
    box->setKeyboardTracking(false);
    return box;
}

QFormLayout* formIn(QGroupBox* group)
{
    auto* form = new QFormLayout(group);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    return form;
}

/// Of the first picture; 0 where its file does not say.
double pixelSizeIn(const std::optional<MapMatrix>& matrix)
{
    if (matrix)
        for (const MatrixRow& row : matrix->rows)
            for (const MatrixCell& cell : row.cells)
                if (cell.explanation)
                    return cell.explanation->millimetresPerPixel;
    return 0;
}

} // namespace

PlateForm::PlateForm(QWidget* parent)
    : QWidget(parent),
      m_rows(new PlateChoice(tr("Rows"))),
      m_columnChoice(new PlateChoice(tr("Columns")))
{
    auto* layout = new QVBoxLayout(this);
    for (QWidget* part : {makeSize(), static_cast<QWidget*>(m_rows), static_cast<QWidget*>(m_columnChoice),
                          makeLayout(), makeText(), makeMaps(), makeScale()})
        layout->addWidget(part);
    layout->addStretch();
    connectControls();
    showOptions();
}

QWidget* PlateForm::makeSize()
{
    auto* group = new QGroupBox(tr("Size"));
    QFormLayout* form = formIn(group);
    m_size = comboOf({tr("Single column"), tr("Double column"), tr("Slide"), tr("Other")});
    m_width = numberOf(plate::leastSide, plate::mostSide, 1, tr(" mm"));
    m_mostHeight = numberOf(plate::leastSide, plate::mostSide, 1, tr(" mm"));
    m_mostHeight->setToolTip(tr("Decides how many tiles stand beside each other where that is left to the program"));
    m_dots = countOf(plate::leastDots, plate::mostDots, tr(" dpi"));
    m_dots->setToolTip(tr("Dots per inch of PNG, and of the maps in PDF and SVG"));
    form->addRow(tr("&Made for"), m_size);
    form->addRow(tr("&Width"), m_width);
    form->addRow(tr("&Height at most"), m_mostHeight);
    form->addRow(tr("&Resolution"), m_dots);
    return group;
}

QWidget* PlateForm::makeLayout()
{
    auto* group = new QGroupBox(tr("Layout"));
    QFormLayout* form = formIn(group);
    m_columns = countOf(0, plate::mostColumns, {});
    m_columns->setSpecialValueText(tr("As fits"));
    m_picture = comboOf({tr("Not shown"), tr("As one of the tiles"), tr("Large")});
    m_labels = comboOf({tr("None"), tr("On every tile"), tr("On every row")});
    m_colourBar = new QCheckBox(tr("Colo&ur bar"));
    form->addRow(tr("&Tiles side by side"), m_columns);
    form->addRow(tr("&Picture without map"), m_picture);
    form->addRow(tr("&Letters a, b, c"), m_labels);
    form->addRow(m_colourBar);
    return group;
}

QWidget* PlateForm::makeText()
{
    auto* group = new QGroupBox(tr("Text"));
    QFormLayout* form = formIn(group);
    m_font = new QFontComboBox;
    m_font->setMinimumContentsLength(12);
    m_font->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_textSize = countOf(plate::leastText, plate::mostText, tr(" pt"));
    m_names = comboOf({tr("Latin in italics"), tr("All in italics"), tr("Upright")});
    m_numbers = comboOf({tr("None"), tr("Peak"), tr("Peak and score")});
    m_rowTitles = new QCheckBox(tr("Titles of ro&ws"));
    m_predictions = new QCheckBox(tr("&Rank, logit and probability"));
    m_notes = new QCheckBox(tr("&Notes on maps"));
    form->addRow(tr("&Font"), m_font);
    form->addRow(tr("Si&ze of all text"), m_textSize);
    form->addRow(tr("Species &names"), m_names);
    form->addRow(tr("Num&bers on maps"), m_numbers);
    form->addRow(m_rowTitles);
    form->addRow(m_predictions);
    form->addRow(m_notes);
    return group;
}

QWidget* PlateForm::makeMaps()
{
    auto* group = new QGroupBox(tr("Maps"));
    QFormLayout* form = formIn(group);
    QStringList rules{tr("As shown")}, scales{tr("As shown")};
    for (const OverlayRule rule : overlays)
        rules += FigureText::overlayName(rule);
    for (const ValueScale scale : valueScales)
        scales += FigureText::valueScale(scale);
    m_overlay = comboOf(rules);
    m_valueScale = comboOf(scales);
    m_range = comboOf({tr("As shown"), tr("From 0 to the largest chosen"), tr("Each map its own"), tr("Given")});
    m_low = numberOf(0, 1e5, 2, tr("×"));
    m_high = numberOf(0.01, 1e5, 2, tr("×"));
    form->addRow(tr("&Overlay"), m_overlay);
    form->addRow(tr("&Scale of values"), m_valueScale);
    form->addRow(tr("Ran&ge"), m_range);
    form->addRow(tr("Fro&m"), m_low);
    form->addRow(tr("To"), m_high);
    return group;
}

QWidget* PlateForm::makeScale()
{
    auto* group = new QGroupBox(tr("Scale bar"));
    QFormLayout* form = formIn(group);
    m_scale = comboOf({tr("None"), tr("As the picture's file says"), tr("Given")});
    m_pixel = numberOf(plate::leastPixel, plate::mostPixel, 6, tr(" mm"));
    m_pixel->setToolTip(tr("How much of the animal one pixel of the picture's file shows"));
    m_inFile = new QLabel;
    m_inFile->setWordWrap(true);
    form->addRow(tr("S&how"), m_scale);
    form->addRow(tr("One p&ixel is"), m_pixel);
    form->addRow(m_inFile);
    return group;
}

void PlateForm::connectControls()
{
    const auto take = [this] { takeControls(); };
    for (QComboBox* box : findChildren<QComboBox*>())
        if (box != m_font && box != m_size)
            connect(box, &QComboBox::currentIndexChanged, this, take);
    connect(m_font, &QFontComboBox::currentFontChanged, this, take);
    for (QSpinBox* box : findChildren<QSpinBox*>())
        connect(box, &QSpinBox::valueChanged, this, take);
    for (QDoubleSpinBox* box : findChildren<QDoubleSpinBox*>())
        connect(box, &QDoubleSpinBox::valueChanged, this, take);
    for (QCheckBox* box : findChildren<QCheckBox*>())
        connect(box, &QCheckBox::toggled, this, take);
    for (PlateChoice* choice : {m_rows, m_columnChoice})
        connect(choice, &PlateChoice::changed, this, take);
    connect(m_size, &QComboBox::activated, this, [this](int index) {
        m_options = withSize(m_options, static_cast<PlateSize>(index));
        showOptions();
        emit changed();
    });
}

void PlateForm::setOptions(const PlateOptions& options)
{
    m_options = limited(options);
    showOptions();
}

void PlateForm::setMatrix(const std::optional<MapMatrix>& matrix)
{
    const auto shape = [](const MapMatrix& of) { return std::pair(of.rows.size(), of.columns.size()); };
    if (matrix && m_matrix && shape(*matrix) != shape(*m_matrix)) {
        // They are no longer the same rows and columns.
        m_options.hiddenRows.clear();
        m_options.hiddenColumns.clear();
    }
    if (matrix)
        m_matrix = matrix;
    showOptions();
}

double PlateForm::sizeInFile() const
{
    return pixelSizeIn(m_matrix);
}

void PlateForm::showOptions()
{
    const QScopedValueRollback showing(m_showing, true);
    m_size->setCurrentIndex(static_cast<int>(sizeOf(m_options)));
    m_width->setValue(m_options.width);
    m_mostHeight->setValue(m_options.mostHeight);
    m_dots->setValue(m_options.dotsPerInch);
    m_columns->setValue(m_options.columns);
    m_picture->setCurrentIndex(static_cast<int>(m_options.picture));
    m_labels->setCurrentIndex(static_cast<int>(m_options.labels));
    m_rowTitles->setChecked(m_options.rowTitles);
    m_predictions->setChecked(m_options.predictions);
    m_notes->setChecked(m_options.notes);
    m_numbers->setCurrentIndex(static_cast<int>(m_options.numbers));
    m_font->setCurrentFont(PlateText::font(m_options));
    m_textSize->setValue(m_options.textSize);
    m_names->setCurrentIndex(static_cast<int>(m_options.names));
    const auto place = [](const auto& values, const auto& value) {
        return value ? static_cast<int>(std::ranges::find(values, *value) - values.begin()) + 1 : 0;
    };
    m_overlay->setCurrentIndex(place(overlays, m_options.overlay));
    m_valueScale->setCurrentIndex(place(valueScales, m_options.valueScale));
    m_range->setCurrentIndex(static_cast<int>(m_options.range));
    m_low->setValue(static_cast<double>(m_options.given.low));
    m_high->setValue(static_cast<double>(m_options.given.high));
    m_colourBar->setChecked(m_options.colourBar);
    m_scale->setCurrentIndex(static_cast<int>(m_options.scale));
    m_pixel->setValue(m_options.millimetresPerPixel);
    if (m_matrix) {
        m_rows->setItems(rowItems(*m_matrix), m_options);
        m_columnChoice->setItems(columnItems(*m_matrix), m_options);
    }
    updateEnabled();
}

void PlateForm::takeControls()
{
    if (m_showing)
        return;
    PlateOptions& options = m_options;
    options.width = m_width->value();
    options.mostHeight = m_mostHeight->value();
    options.dotsPerInch = m_dots->value();
    options.columns = m_columns->value();
    options.picture = static_cast<PlateOptions::Picture>(m_picture->currentIndex());
    options.labels = static_cast<PlateOptions::Labels>(m_labels->currentIndex());
    options.rowTitles = m_rowTitles->isChecked();
    options.predictions = m_predictions->isChecked();
    options.notes = m_notes->isChecked();
    options.numbers = static_cast<PlateOptions::Numbers>(m_numbers->currentIndex());
    if (m_font->currentFont().family() != PlateText::font(options).family())
        options.fontFamily = m_font->currentFont().family();
    options.textSize = m_textSize->value();
    options.names = static_cast<PlateOptions::Names>(m_names->currentIndex());
    const auto at = [](const auto& values, int index) {
        return index > 0 ? std::optional(values[static_cast<std::size_t>(index) - 1]) : std::nullopt;
    };
    options.overlay = at(overlays, m_overlay->currentIndex());
    options.valueScale = at(valueScales, m_valueScale->currentIndex());
    options.range = static_cast<PlateOptions::RangeRule>(m_range->currentIndex());
    options.given = {static_cast<float>(m_low->value()),
                     static_cast<float>(std::max(m_high->value(), m_low->value() + 0.01))};
    options.colourBar = m_colourBar->isChecked();
    options.scale = static_cast<PlateOptions::Scale>(m_scale->currentIndex());
    options.millimetresPerPixel = m_pixel->value();
    m_rows->apply(options);
    m_columnChoice->apply(options);
    showOptions();
    emit changed();
}

void PlateForm::updateEnabled()
{
    m_mostHeight->setEnabled(m_options.columns == 0);
    const bool given = m_options.range == PlateOptions::RangeRule::Given;
    m_low->setEnabled(given);
    m_high->setEnabled(given);
    m_pixel->setEnabled(m_options.scale == PlateOptions::Scale::Given);
    const double inFile = sizeInFile();
    m_inFile->setText(inFile > 0 ? tr("The picture's file says %1 mm.").arg(generalText(inFile, 4))
                                 : tr("The picture's file does not say how large a pixel is."));
}

} // namespace ocellus
