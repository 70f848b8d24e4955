// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/projection_table.h"

#include "core/io/csv.h"

namespace ocellus {

namespace {

constexpr int emptyFields = 16;

void addBox(CsvLine& line, const PixelBox& box)
{
    for (const int number : {box.left, box.top, box.width, box.height})
        line.number(number);
}

} // namespace

std::string projectionTable(const PrototypeProjection& projection, const ClassTable& classes)
{
    std::string table = csvHeader("prototype,class,class_name,picture,similarity,distance,is_prototype,row,column,left,"
                                  "top,width,height,field_left,field_top,field_width,field_height");
    for (const ProjectedPrototype& found : projection.found) {
        CsvLine line;
        line.number(found.prototype).number(found.classIndex);
        line.text(found.classIndex < classes.count() ? classes.entries[static_cast<std::size_t>(found.classIndex)].name
                                                     : std::string());
        line.text(found.picture.generic_string()).number(found.similarity).number(found.distance);
        line.number(found.isPrototype ? 1 : 0).number(found.row).number(found.column);
        addBox(line, found.box);
        addBox(line, found.receptive);
        table += line.str();
    }
    for (const int prototype : projection.without) {
        CsvLine line;
        line.number(prototype);
        for (int i = 0; i < emptyFields; ++i)
            line.empty();
        table += line.str();
    }
    return table;
}

} // namespace ocellus
